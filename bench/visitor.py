"""A visitor that speaks Streamlit's own protocol on a WebSocket, as its page in a browser does."""

import asyncio
import time
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

PATIENCE_S = 60.0
GOOD = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class Run:
    """What came of one run: seconds, bytes, the ids of its charts, and what went wrong."""

    seconds: float = 0.0
    size: int = 0
    charts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Control:
    """A choice on the page: its name in the protocol, what it offers, whether it takes a list.

    `fragment` is the part of the page that it draws anew; empty: the whole.
    """

    name: str
    options: list[str]
    listed: bool
    fragment: str


class Visitor:
    """One open connection with the state that a browser keeps of it."""

    def __init__(self, line: ClientConnection) -> None:
        """Take an open connection to `/_stcore/stream`."""
        self._line = line
        self._pages: dict[str, str] = {}
        self._page = self._query = ""
        self._values: dict[str, WidgetState] = {}
        self.controls: dict[str, Control] = {}

    async def open(self, page: str) -> Run:
        """Go to a page: by its address at first, then by the navigation."""
        message = BackMsg()
        if self._pages:
            message.rerun_script.page_script_hash = self._pages[page]
        else:
            message.rerun_script.page_name = page
        return await self._run(message)

    async def choose(self, key: str, number: int) -> Run:
        """Set a control of the page, named by its key, to one of its options."""
        control = self.controls[key]
        value = WidgetState(id=control.name)
        if control.listed:
            value.string_array_value.data.append(control.options[number])
        else:
            value.string_value = control.options[number]
        self._values[control.name] = value
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.fragment_id = control.fragment
        return await self._run(message)

    async def _run(self, message: BackMsg) -> Run:
        """Ask for a run and take what comes until it ends; raise TimeoutError after a minute."""
        message.rerun_script.query_string = self._query
        message.rerun_script.widget_states.widgets.extend(self._values.values())
        run, start = Run(), time.perf_counter()
        async with asyncio.timeout(PATIENCE_S):
            await self._line.send(message.SerializeToString())
            ended = False
            while not ended:
                raw = await self._line.recv(decode=False)
                run.size += len(raw)
                ended = self._take(ForwardMsg.FromString(raw), run)
        run.seconds = time.perf_counter() - start
        return run

    def _take(self, told: ForwardMsg, run: Run) -> bool:
        """Take a message; return whether it ends the run."""
        kind = told.WhichOneof("type")
        if kind == "script_finished":
            if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                run.faults.append("the script did not compile")
            return told.script_finished in GOOD or bool(run.faults)
        if kind == "navigation":
            listed = told.navigation.app_pages
            self._pages = {page.url_pathname: page.page_script_hash for page in listed}
            self._page = told.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = told.page_info_changed.query_string
        elif kind == "delta" and told.delta.HasField("new_element"):
            self._see(told.delta.new_element, told.delta.fragment_id, run)
        return False

    def _see(self, element: Element, fragment: str, run: Run) -> None:
        kind = element.WhichOneof("type")
        if kind == "selectbox":
            shown = element.selectbox
            self._offer(Control(shown.id, list(shown.options), False, fragment))
        elif kind == "button_group":
            group = element.button_group
            offered = [option.content for option in group.options]
            self._offer(Control(group.id, offered, True, fragment))
        elif kind == "plotly_chart":
            run.charts.append(element.plotly_chart.id)
        elif kind == "exception":
            run.faults.append(element.exception.message)
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            run.faults.append(element.alert.body)

    def _offer(self, control: Control) -> None:
        # $$ID-<hash>-<key>
        self.controls[control.name.split("-", 2)[-1]] = control
