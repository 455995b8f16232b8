"""The chat, as Chainlit runs it: a thin layer that hands questions to the service and shows what comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import chainlit as cl
from chainlit.utils import utc_now

from agent.answer import Answer, AnswerEvent, ServiceEvent
from catalog.access import Principal
from catalog.errors import PlumblineError
from ui.chat_answer import answer_text, clarification_text, detail_text, inert, short_label, sql_text, thread_text
from ui.chat_application import SignedIn, open_application, personas_for, requires_sign_in, session_principal
from ui.sign_in import MARK, sign_in

CHOICE = "choose"
RATE = "rate"
OPEN_THREAD = "open_thread"
HISTORY = "/history"
THREAD = "thread"
PENDING_OPTIONS = "pending_options"
PENDING_MESSAGE = "pending_message"
NOT_SHOWN = "Something went wrong inside Plumbline while the answer was shown."


@cl.on_app_shutdown
async def close_service() -> None:
    open_application().close()


if requires_sign_in():
    cl.password_auth_callback(sign_in)


def account_of(user: cl.User | cl.PersistedUser | None) -> SignedIn | None:
    """The account that a user's cookie was signed for."""
    return SignedIn(user.identifier, str(user.metadata.get(MARK, ""))) if user is not None else None


def asker() -> Principal:
    """Who this session's person is."""
    session = cl.context.session
    return session_principal(session.chat_profile, session.id, account_of(session.user))


@cl.set_chat_profiles
async def profiles(user: cl.User | None) -> list[cl.ChatProfile]:
    """One profile a persona, with the questions it starts from; of who signed in those of their role."""
    return [
        cl.ChatProfile(
            name=persona.name,
            display_name=persona.label,
            markdown_description=persona.description,
            starters=[cl.Starter(label=question, message=question) for question in persona.starters],
            default=position == 0,
        )
        for position, persona in enumerate(personas_for(account_of(user)))
    ]


@cl.on_message
async def answer_message(message: cl.Message) -> None:
    """Answers a question, or takes the words as the answer to what was asked back."""
    if message.content.strip().casefold() == HISTORY:
        await list_threads()
    elif cl.user_session.get(PENDING_OPTIONS) is None:
        await follow(lambda: stream_question(message.content))
    else:
        await answer_clarification(message.content)


@cl.action_callback(CHOICE)
async def answer_button(action: cl.Action) -> None:
    """Goes on with the option of a button; a button of an earlier clarification does nothing."""
    options: tuple[str, ...] | None = cl.user_session.get(PENDING_OPTIONS)
    asked: cl.Message | None = cl.user_session.get(PENDING_MESSAGE)
    position = action.payload.get("position")
    if options is None or asked is None or action.forId != asked.id:
        return
    if not isinstance(position, int) or not 0 < position <= len(options):
        return
    label = options[position - 1]
    await cl.Message(content=label, type="user_message").send()
    await answer_clarification(str(position))


async def list_threads() -> None:
    """The asker's own earlier conversations, a button for each."""
    try:
        threads = open_application().threads(asker())
    except PlumblineError as error:
        await cl.ErrorMessage(content=inert(str(error))).send()
        return
    buttons = [
        cl.Action(name=OPEN_THREAD, payload={THREAD: item.id}, label=short_label(item))
        for item in threads
        if item.id != thread()
    ]
    words = "Your earlier conversations:" if buttons else "There are no earlier conversations of yours."
    await cl.Message(content=words, actions=buttons).send()


@cl.action_callback(OPEN_THREAD)
async def open_thread(action: cl.Action) -> None:
    """Goes on with an earlier conversation of the asker's own: what was asked is shown, figures are asked for anew."""
    wanted = action.payload.get(THREAD)
    chosen = next((item for item in open_application().threads(asker()) if item.id == wanted), None)
    if chosen is None:
        return
    cl.user_session.set(THREAD, chosen.id)
    cl.user_session.set(PENDING_OPTIONS, None)
    cl.user_session.set(PENDING_MESSAGE, None)
    await cl.Message(content=thread_text(chosen)).send()


@cl.action_callback(RATE)
async def rate_answer(action: cl.Action) -> None:
    """Keeps whether an answer helped, for the person of this session; a receipt of someone else changes nothing."""
    helpful, receipt = action.payload.get("helpful"), action.payload.get("receipt")
    if not isinstance(helpful, bool) or not isinstance(receipt, str):
        return
    try:
        open_application().feedback(receipt, helpful=helpful, principal=asker())
    except PlumblineError as error:
        await cl.ErrorMessage(content=inert(str(error))).send()
        return
    await cl.context.emitter.send_toast("Thank you, noted with the receipt.", "success")


def stream_question(text: str) -> AsyncIterator[ServiceEvent]:
    return open_application().stream(text, principal=asker(), thread=thread(), as_of=None)


async def answer_clarification(choice: str) -> None:
    """Resumes the thread that waits for an answer; its buttons go."""
    asked: cl.Message | None = cl.user_session.get(PENDING_MESSAGE)
    if asked is not None:
        await asked.remove_actions()
    cl.user_session.set(PENDING_OPTIONS, None)
    cl.user_session.set(PENDING_MESSAGE, None)
    await follow(lambda: open_application().stream_resume(thread(), choice, principal=asker()))


def thread() -> str:
    """The conversation's id, as the service keeps it: this page's own, or the earlier one that was opened."""
    opened: str | None = cl.user_session.get(THREAD)
    return opened or cl.context.session.thread_id


async def follow(ask: Callable[[], AsyncIterator[ServiceEvent]]) -> None:
    """Shows the steps while they run, then the answer; a user's error, or who may not ask, is shown as such,
    a defect without its words."""
    try:
        events = ask()
        async with cl.Step(name="How this was worked out", type="run", show_input=False) as work:
            answer = await follow_steps(events, work)
        if answer.status == "clarify":
            await ask_back(answer)
        else:
            await show(answer)
    except PlumblineError as error:
        await cl.ErrorMessage(content=str(error)).send()
    except Exception:  # noqa: BLE001 - a defect in showing it: Chainlit would print its words, which may quote data
        await cl.ErrorMessage(content=NOT_SHOWN).send()


async def follow_steps(events: AsyncIterator[ServiceEvent], work: cl.Step) -> Answer:
    """Runs the events to their end, a nested line for each step; gives the answer."""
    answer: Answer | None = None
    running: dict[str, cl.Step] = {}
    async for event in events:
        if isinstance(event, AnswerEvent):
            answer = event.answer
        elif event.state == "started":
            step = cl.Step(name=event.label, type="tool", parent_id=work.id, show_input=False)
            running[event.name] = step
            await step.send()
        elif event.name in running:
            step = running.pop(event.name)
            step.output = inert(event.detail)
            step.end = utc_now()
            await step.update()
    assert answer is not None, "a stream ends with its answer"
    return answer


async def show(answer: Answer) -> None:
    """The answer in reading order: headline and chart, table and notes, the SQL folded away."""
    await cl.Message(content=answer_text(answer), elements=chart_elements(answer)).send()
    if details := detail_text(answer):
        await cl.Message(content=details, actions=rating_buttons(answer)).send()
    if statements := sql_text(answer):
        async with cl.Step(name="SQL", type="tool", show_input=False) as step:
            step.output = statements


def rating_buttons(answer: Answer) -> list[cl.Action]:
    """Two buttons to say whether the answer helped."""
    if answer.receipt is None:
        return []
    ways = ((True, "thumbs-up", "This helped"), (False, "thumbs-down", "This is wrong or no help"))
    return [
        cl.Action(name=RATE, payload={"receipt": answer.receipt, "helpful": helpful}, icon=icon, tooltip=words)
        for helpful, icon, words in ways
    ]


def chart_elements(answer: Answer) -> list[cl.Element]:
    """The chart as an inline element, where the answer has one."""
    if answer.chart is None:
        return []
    from plotly.graph_objects import Figure

    from agent.tools.present import chart_to_plotly

    return [cl.Plotly(name="chart", figure=Figure(chart_to_plotly(answer.chart)), display="inline", size="large")]


async def ask_back(answer: Answer) -> None:
    """A clarification: its options as buttons, and in words for those who type."""
    assert answer.clarification is not None
    options = answer.clarification.options
    buttons = [
        cl.Action(name=CHOICE, payload={"position": position}, label=label)
        for position, label in enumerate(options, start=1)
    ]
    message = await cl.Message(content=clarification_text(answer), actions=buttons).send()
    cl.user_session.set(PENDING_OPTIONS, options)
    cl.user_session.set(PENDING_MESSAGE, message)
