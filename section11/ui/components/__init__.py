"""Pieces that pages are drawn from: functions that take plain values and a callback."""
