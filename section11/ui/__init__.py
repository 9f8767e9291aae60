"""The only Streamlit: pages ask services and draw what they are told."""
