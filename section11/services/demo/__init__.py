"""The fictional demo partnership: organisations, people, cycles and returns made up from ``orgs/demo/``."""

from section11.services.demo.build import build_demo
from section11.services.demo.people import DemoAccount, demo_accounts

__all__ = ["DemoAccount", "build_demo", "demo_accounts"]
