"""Reads a file of planted events, and settles those that the seed draws."""

import itertools
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from catalog.samples.errors import SampleEventsError
from catalog.samples.mixing import DRAW_RANGE, Draws
from catalog.samples.novamart import shape, vocabulary
from catalog.samples.novamart.events import (
    CampaignEvent,
    DemandEvent,
    DrawnEvent,
    EventList,
    OrderPlace,
    PlantedEvent,
    PriceEvent,
    ProductPlace,
    StockoutEvent,
)
from catalog.samples.novamart.marketing import campaign_names
from catalog.samples.novamart.plan import BUSINESS, category_weights, month_index_of

DEFAULT_EVENTS = Path(__file__).with_name("events.yaml")
_MOST_BYTES = 200_000
_DEEPEST_NESTING = 12
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


def resolve_events(events: Path | None, seed: int) -> tuple[PlantedEvent, ...]:
    """The events that a file (none: the default list) plants for a seed, those of kind `drawn` settled.

    This is the truth that answers about the sample are scored against. Raises SampleEventsError where the file cannot
    be read or says something that is not valid; the message names the file, the line and what is valid.
    """
    listed = load_events(events or DEFAULT_EVENTS)
    draws = Draws(BUSINESS, seed)
    return tuple(_settle(event, draws) if isinstance(event, DrawnEvent) else event for event in listed.events)


def load_events(path: Path) -> EventList:
    """The list of planted events of a YAML file, checked. Errors as in `resolve_events`."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SampleEventsError(f"{path}: an events file holds at most {_MOST_BYTES:,} bytes")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SampleEventsError(f"{path}: cannot read the events file: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise SampleEventsError(f"{path}: the events file is not UTF-8 text") from error
    try:
        _check_tokens(path, text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SampleEventsError(f"{path}:{line}: not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise SampleEventsError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise SampleEventsError(f"{path}: an events file is a mapping with `version: 1` and `events:` (a list)")
    try:
        listed = EventList.model_validate(content)
    except ValidationError as error:
        raise SampleEventsError("\n".join(_messages(path, error, root, content))) from error
    _check_campaign_names(path, listed, root)
    return listed


def _check_tokens(path: Path, text: str) -> None:
    """Refuse what makes a small file large or slow to read, before anything is built from it."""
    depth = 0
    for token in yaml.scan(text):
        line = token.start_mark.line + 1
        if isinstance(token, yaml.AliasToken):
            raise SampleEventsError(f"{path}:{line}: an events file may not use YAML aliases (*name)")
        if isinstance(token, _OPENING):
            depth += 1
        elif isinstance(token, _CLOSING):
            depth -= 1
        if depth > _DEEPEST_NESTING:
            raise SampleEventsError(f"{path}:{line}: nested more than {_DEEPEST_NESTING} levels deep")


def _line_of(root: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """The line of the node that a location names, or of the last of its parents that is in the file."""
    node = root
    line = 1
    for step in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == step]
            if not found:
                continue  # the kind of an event is a step of pydantic's location and no node of the file
            line = found[0][0].start_mark.line + 1
            node = found[0][1]
            continue
        else:
            continue
        line = node.start_mark.line + 1
    return line


def _messages(path: Path, error: ValidationError, root: yaml.Node | None, content: dict[str, Any]) -> list[str]:
    messages = []
    for problem in error.errors():
        location = problem["loc"]
        place = ".".join(str(step) for step in location if not isinstance(step, int))
        if len(location) > 1 and isinstance(location[1], int):
            entry = content["events"][location[1]]
            name = entry.get("id") if isinstance(entry, dict) else None
            place = f"event {location[1] + 1}{f' ({name})' if name else ''}: " + ".".join(
                str(step) for step in location[2:]
            )
        said = problem["msg"]
        if problem["type"] == "extra_forbidden":
            said = f"there is no such field; there are: {', '.join(_fields_beside(location))}"
        messages.append(f"{path}:{_line_of(root, location)}: {place}: {said}")
    return messages


def _fields_beside(location: tuple[int | str, ...]) -> list[str]:
    """The fields that are valid where pydantic met one that is not: of the file, of an event, or of its `where`."""
    kinds = {
        get_args(model.model_fields["kind"].annotation)[0]: model for model in (*get_args(PlantedEvent), DrawnEvent)
    }
    model: type[BaseModel] = EventList
    for step in location[:-1]:
        if step in kinds:
            model = kinds[step]
        elif step in model.model_fields:
            inner = model.model_fields[str(step)].annotation
            model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else model
    return list(model.model_fields)


def _check_campaign_names(path: Path, listed: EventList, root: yaml.Node | None) -> None:
    known = campaign_names()
    for position, event in enumerate(listed.events):
        if not isinstance(event, CampaignEvent):
            continue
        for name in event.where.campaign:
            if name not in known:
                lasting = ", ".join(sorted({one for one in known if not one[-4:].isdigit()}))
                quarterly = ", ".join(sorted({one[:-8] for one in known if one[-4:].isdigit()}))
                line = _line_of(root, ("events", position, "where", "campaign"))
                raise SampleEventsError(
                    f"{path}:{line}: event {position + 1} ({event.id}): no campaign {name!r}; there are: {lasting};"
                    f" and with a quarter after the name, such as 'Q3 2026': {quarterly}"
                )


def expected_gmv_shares(month_index: int) -> dict[tuple[int, int, int], float]:
    """The share of a normal month's GMV that falls on each (category, region, channel), as codes."""
    last = shape.MONTH_COUNT - 1
    channel_ppm = [
        (first * (last - month_index) + final * month_index) / last
        for first, final in zip(shape.CHANNEL_PPM_FIRST, shape.CHANNEL_PPM_LAST, strict=True)
    ]
    values: dict[tuple[int, int, int], float] = {}
    for region, channel in itertools.product(range(len(vocabulary.REGIONS)), range(len(vocabulary.CHANNELS))):
        weights = category_weights(month_index, region, channel)
        place = (shape.REGION_PERMILLE_FIRST[region] + shape.REGION_PERMILLE_LAST[region]) * channel_ppm[channel]
        for category, weight in enumerate(weights):
            units = sum((step + 1) * part for step, part in enumerate(shape.QUANTITY_WEIGHTS[category]))
            units_a_line = units / sum(shape.QUANTITY_WEIGHTS[category])
            value = place * weight / sum(weights) * units_a_line * shape.PRICE_CENTS[category]
            values[category, region, channel] = value
    total = sum(values.values())
    return {place: value / total for place, value in values.items()}


def _settle(event: DrawnEvent, draws: Draws) -> PlantedEvent:
    """A drawn event as the concrete one that the seed makes of it."""

    def pick(name: str, count: int) -> int:
        return draws.number(f"event {event.id}", sum(map(ord, name))) * count // DRAW_RANGE

    kind = event.among[pick("kind", len(event.among))]
    shares = expected_gmv_shares(month_index_of(max(event.start, shape.FIRST_DAY)))
    places = _places(event, kind, shares)
    if not places:
        raise SampleEventsError(
            f"event {event.id}: no part of the business along {', '.join(event.dimensions)} holds"
            f" {event.gmv_share[0]:.1%} to {event.gmv_share[1]:.1%} of GMV; widen gmv_share or dimensions"
        )
    where = places[pick("place", len(places))]
    low, high = (round(value * 1000) for value in event.strength)
    strength = (low + pick("strength", high - low + 1)) / 1000
    grows = event.direction == "up" or (event.direction == "either" and pick("direction", 2) == 1)
    factor = round(1 + strength if grows else 1 - strength, 3)
    note = event.note or f"drawn by the seed: {kind} {factor}"
    settled: dict[str, Any] = {"id": event.id, "start": event.start, "end": event.end, "note": note, "where": where}
    if kind == "demand":
        return DemandEvent(kind="demand", factor=factor, **settled)
    settled["where"] = ProductPlace(category=where.category, subcategory=where.subcategory)
    if kind == "stockout":
        return StockoutEvent(kind="stockout", **settled)
    # For prices the direction is that of demand: dearer goods sell less.
    return PriceEvent(kind="price", factor=round(1 - strength if grows else 1 + strength, 3), **settled)


def _places(event: DrawnEvent, kind: str, shares: dict[tuple[int, int, int], float]) -> list[OrderPlace]:
    """The parts of the business along the event's dimensions whose share of GMV lies in its range."""
    names = (vocabulary.CATEGORIES, vocabulary.REGIONS, vocabulary.CHANNELS)
    keys = ("category", "region", "channel")
    allowed = [key in event.dimensions and (kind == "demand" or key == "category") for key in keys]
    places = []
    for used in itertools.product((False, True), repeat=3):
        if not any(used) or any(use and not may for use, may in zip(used, allowed, strict=True)):
            continue
        totals: dict[tuple[int | None, ...], float] = {}
        for code, share in shares.items():
            place = tuple(part if use else None for part, use in zip(code, used, strict=True))
            totals[place] = totals.get(place, 0.0) + share
        for place, share in totals.items():
            if event.gmv_share[0] <= share <= event.gmv_share[1]:
                where = {
                    key: (values[code],)
                    for key, values, code in zip(keys, names, place, strict=True)
                    if code is not None
                }
                places.append(OrderPlace.model_validate(where))
    if "subcategory" in event.dimensions:
        for category, subcategories in enumerate(vocabulary.SUBCATEGORIES):
            prices = shape.SUBCATEGORY_PRICE_PERMILLE[category]
            category_share = sum(share for code, share in shares.items() if code[0] == category)
            for subcategory, price in zip(subcategories, prices, strict=True):
                if event.gmv_share[0] <= category_share * price / sum(prices) <= event.gmv_share[1]:
                    places.append(OrderPlace(subcategory=(subcategory,)))
    return places
