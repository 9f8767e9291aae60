"""One transaction with every repository in it; leaving without ``commit`` rolls back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from copy import copy

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from section11.errors import NotAvailableError, NotPermittedError, Section11Error
from section11.storage.access import AccessRepository
from section11.storage.accounts import AccountRepository
from section11.storage.actions import ActionRepository
from section11.storage.answers import AnswerRepository
from section11.storage.api_tokens import ApiTokenRepository
from section11.storage.assessments import AssessmentRepository
from section11.storage.audit_trail import AuditTrail
from section11.storage.board_packs import BoardPackRepository
from section11.storage.cycles import CycleRepository
from section11.storage.engine import begin_writing, open_engine
from section11.storage.evidence import EvidenceRepository
from section11.storage.facts import FactRepository
from section11.storage.good_practice import GoodPracticeRepository
from section11.storage.hand_backs import HandBackRepository
from section11.storage.imports import ImportRepository
from section11.storage.letters import LetterRepository
from section11.storage.mail_choices import MailChoiceRepository
from section11.storage.mail_texts import MailTextRepository
from section11.storage.moderations import ModerationRepository
from section11.storage.organisations import OrganisationRepository
from section11.storage.outbox import OutboxRepository
from section11.storage.personal_data import PersonalDataRepository
from section11.storage.queries import QueryRepository
from section11.storage.reminders import ReminderRepository
from section11.storage.retention import RetentionRepository
from section11.storage.second_steps import SecondStepRepository
from section11.storage.sign_in_tries import SignInTries
from section11.storage.signing import SigningRepository
from section11.storage.stamps import StampRepository
from section11.storage.standards_sets import StandardsSetRepository
from section11.storage.survey_results import SurveyResultRepository
from section11.storage.turns import Turns
from section11.storage.web_sessions import WebSessionRepository
from section11.storage.whereabouts import WhereaboutsRepository

_inside: ContextVar[bool] = ContextVar("inside_a_transaction", default=False)
_writings_begun: ContextVar[int] = ContextVar("writings_begun", default=0)


def writings_begun() -> int:
    """Return how many units of work that may change things this thread or task has begun so far.

    Only whether it differs from before says something: that there is something new which was written here.
    """
    return _writings_begun.get()


class UnitOfWork:
    """The repositories, all on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.audit_trail = AuditTrail(connection)
        self.facts = FactRepository(connection)
        self.organisations = OrganisationRepository(connection)
        self.accounts = AccountRepository(connection)
        self.web_sessions = WebSessionRepository(connection)
        self.sign_in_tries = SignInTries(connection)
        self.second_steps = SecondStepRepository(connection)
        self.access = AccessRepository(connection)
        self.standards_sets = StandardsSetRepository(connection)
        self.cycles = CycleRepository(connection)
        self.assessments = AssessmentRepository(connection)
        self.answers = AnswerRepository(connection, self.audit_trail)
        self.survey_results = SurveyResultRepository(connection)
        self.evidence = EvidenceRepository(connection)
        self.moderations = ModerationRepository(connection)
        self.actions = ActionRepository(connection)
        self.whereabouts = WhereaboutsRepository(connection, self.audit_trail)
        self.signing = SigningRepository(connection)
        self.hand_backs = HandBackRepository(connection)
        self.queries = QueryRepository(connection)
        self.letters = LetterRepository(connection)
        self.board_packs = BoardPackRepository(connection)
        self.api_tokens = ApiTokenRepository(connection)
        self.imports = ImportRepository(connection)
        self.good_practice = GoodPracticeRepository(connection)
        self.reminders = ReminderRepository(connection)
        self.mail_choices = MailChoiceRepository(connection)
        self.outbox = OutboxRepository(connection)
        self.mail_texts = MailTextRepository(connection)
        self.retention = RetentionRepository(connection)
        self.personal_data = PersonalDataRepository(connection)
        self.stamps = StampRepository(connection)

    def commit(self) -> None:
        self._connection.commit()


class Store:
    """The database, as services see it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._turns = Turns()
        self._tell: Callable[[Section11Error], None] | None = None

    @classmethod
    def open(cls, database_url: str) -> Store:
        return cls(open_engine(database_url))

    def telling(self, tell: Callable[[Section11Error], None]) -> Store:
        """Return the same database, its queue of writers too, for somebody whose refusals are told.

        ``tell`` is called with every refusal that ends a transaction, after it has been rolled back.
        """
        told = copy(self)
        told._tell = tell
        return told

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Give a unit of work that sees one moment of the database and changes nothing."""
        with self.refusals_told(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # Otherwise each query would see a later moment than the one before it.
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield UnitOfWork(connection)

    @contextmanager
    def asking(self) -> Iterator[UnitOfWork]:
        """Give a unit of work for one question, which sees one moment by itself: PostgreSQL is spared a transaction."""
        with self.refusals_told(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            yield UnitOfWork(connection)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Give a unit of work that may change things; nothing stays unless ``commit`` is called.

        SQLite has one writer at a time and lets the others try again and again, in no order, until some give up. So
        within a process they queue here; its busy timeout is left for commands that run beside the server.
        """
        _writings_begun.set(_writings_begun.get() + 1)
        # Outermost, so that what is told is written when this one's turn is over.
        with self.refusals_told(), self._writer(), self.engine.connect() as connection:
            begin_writing(connection)
            yield UnitOfWork(connection)

    def _writer(self) -> AbstractContextManager[None]:
        return self._turns.turn() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def refusals_told(self) -> Iterator[None]:
        """Tell of a refusal inside, also where no transaction is needed to refuse."""
        # Inside of another transaction nothing can be written yet: it is told when the outer one has ended.
        is_outermost = not _inside.get()
        inside = _inside.set(True)
        try:
            yield
        except (NotAvailableError, NotPermittedError) as error:
            if is_outermost and self._tell is not None:
                self._tell(error)
            raise
        finally:
            _inside.reset(inside)

    def fault(self) -> str:
        """Return what kind of fault keeps the database from answering, without its words; empty when it answers."""
        try:
            with self.reading() as work:
                work.facts.kind()
        except SQLAlchemyError as error:
            return type(error).__name__
        return ""

    def close(self) -> None:
        self.engine.dispose()
