"""Who stands at the door in these tests, and the steps they take."""

import re

from section11.domain.people import Person

ANN = Person("ann", "ann@oakfield.example", "Ann <Lee>", "Head teacher")
PASSWORD = "purple tractor moon"


def form_token(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text)[1]


def fill_in(browser, *, email=ANN.email, password=PASSWORD, wanted="/", token=None):
    """Open the sign-in page, fill it in and send it."""
    token = form_token(browser.get("/sign-in")) if token is None else token
    return browser.post("/sign-in", data={"email": email, "password": password, "next": wanted, "form_token": token})
