"""The sentences for a person, by code, in plain English; `ui` translates, `cli` prints them."""

from __future__ import annotations

from readlater.article import Access, Evidence, Problem

# One template a code. Arguments stand in braces; a sentence says what happened and what now.
SENTENCES: dict[str, str] = {
    # input
    "no_link": "There is no link in that. Copy an address that begins with http or https.",
    "bad_address": "“{address}” is not a web address. Check it and try again.",
    "not_http": "“{address}” does not begin with http or https, so it cannot be saved.",
    "is_folder": "“{name}” is a folder. Drop links or saved pages instead.",
    "is_picture": "“{name}” is a picture. Readlater keeps articles; drop a link or a saved page.",
    "pasted_picture": (
        "That is a picture. Readlater keeps articles; copy a link or drop a saved page."
    ),
    "is_pdf": "“{name}” is a PDF. Readlater keeps web pages; drop a link or a saved page.",
    "not_a_page_file": "“{name}” is not a saved web page. HTML and MHTML files can be saved.",
    "unreadable_file": "“{name}” cannot be read. Check that it is still there and yours to open.",
    "file_too_large": "“{name}” is larger than {limit_mb} MB. The limit is in the settings.",
    "no_such_article": "There is no article {id} in this library.",
    "no_such_tag": "There is no tag “{tag}”.",
    "bad_tag": "A tag needs a name of 1 to 100 characters, without commas.",
    "nothing_to_undo": "There is nothing to undo.",
    "nothing_to_redo": "There is nothing to redo.",
    "address_taken": "That address is already saved as “{title}”.",
    "no_raw_copy": "The page as it came is not kept for this article. Fetch it again instead.",
    "raw_unsure": (
        "How much of this page was shown to visitors cannot be known, so it is not shown as it "
        "came. Open it on the web."
    ),
    "raw_too_large": "This page is too large to be shown as it came. Open it on the web.",
    "copy_lost": "The stored copy was damaged and could not be mended. Drop the saved page again.",
    "no_text_yet": "This article has no text yet.",
    "no_article": "Only a wall came of this page: there is no article to put a block back into.",
    "no_such_block": "That block is not among those that were taken out of this article.",
    "nothing_selected": "No text is selected. Select a passage of the article first.",
    "text_changed": "The article has changed meanwhile. Select the passage once more.",
    "file_not_written": "“{name}” cannot be written in “{folder}”. Choose another folder.",
    "picture_lost": "The file of this picture is damaged or gone. Fetch the article again.",
    "pages_failed": "The pages could not be made. Try again.",
    "printer_failed": "The printer took no pages. Check that it is on, or save them as PDF.",
    "no_such_highlight": "There is no highlight {id} in this library.",
    # nothing came: may pass
    "offline": "This computer is offline. The link waits and goes on by itself.",
    "timeout": "{host} did not answer in time.",
    "connection_refused": "{host} refuses the connection.",
    "connection_lost": "The connection to {host} broke before all had come.",
    "name_not_answered": "The name {host} could not be looked up just now.",
    "unreachable": "{host} cannot be reached from this network just now.",
    "proxy_failed": "The proxy of this computer does not reach {host}. Check its settings.",
    "too_many_requests": "{host} asks to wait before the next request.",
    "server_error": "{host} has a problem of its own (status {status}).",
    # nothing came: will not pass by itself
    "unknown_name": "There is no site named {host}. Check the address.",
    "bad_certificate": (
        "{host} could not prove that it is {host} (its certificate is not valid). "
        "Open it on the web to see more."
    ),
    "not_found": "{host} has no such page (status {status}). Check the address.",
    "gone": "{host} has taken this page away for good (status 410).",
    "legal": "{host} may not show this page here for legal reasons (status 451).",
    "refused": "{host} does not show this page to Readlater (status {status}). Open it on the web.",
    "robot_check": (
        "{host} checks for robots and let nothing through. "
        "Open it on the web, save the page there and drop it here."
    ),
    "not_a_page": "This is no web page but {media_type}. Readlater keeps articles.",
    "empty_page": "{host} sent an empty page. Open it on the web: it may need a browser.",
    "too_large": "This page is larger than {limit_mb} MB. The limit is in the settings.",
    "bad_content": "What {host} sent is damaged and could not be unpacked.",
    "too_many_redirects": "{host} sends from one address to the next without end.",
    "bad_redirect": "{host} sends on to an address that is not a web page.",
    "private_address": (
        "{host} is an address inside your own computer or network. Readlater does not fetch from "
        "there unless the setting fetch.private_addresses allows it."
    ),
    "cancelled": "Saving was stopped. Try again when you like.",
    "not_a_picture": "This is no picture that Readlater knows.",
    # extraction
    "worker_timeout": "This page took too long to read. What came is kept; try again later.",
    "worker_died": "This page could not be read: it needs too much memory. What came is kept.",
    "extraction_failed": "This page could not be turned into an article. What came is kept.",
    # library
    "folder_not_writable": "“{folder}” cannot be written. Choose another folder for the library.",
    "not_a_library": "“{folder}” holds a database that is not a Readlater library.",
    "library_damaged": (
        "The library in “{folder}” is damaged. Run “readlater doctor”; your files are untouched."
    ),
    "library_too_new": (
        "This library was made by a newer Readlater (version {version}). Update Readlater first."
    ),
    "disk_full": "The disk is full. Make room and try again; nothing that was saved is lost.",
    "interrupted": "That search was stopped.",
    "disk_failed": "The disk under “{folder}” failed. Check it and the room left on it.",
    "library_busy": "Another program holds the library. Try again in a moment.",
    # settings
    "unknown_setting": "There is no setting “{name}”.",
    "bad_setting": "“{value}” is no value for {name}: {expected}.",
    "bad_settings_file": "The settings file “{file}” cannot be read, so the defaults are used.",
}

ACCESS: dict[Access, str] = {
    Access.FULL: "Full",
    Access.PREVIEW: "Preview",
    Access.REGISTRATION: "Registration needed",
    Access.SIGN_IN: "Sign-in needed",
    Access.CONSENT_WALL: "Consent page",
    Access.BOT_WALL: "Robot check",
    Access.UNKNOWN: "Not sure",
}

ACCESS_SENTENCES: dict[Access, str] = {
    Access.FULL: "The whole article was delivered.",
    Access.PREVIEW: "The publisher delivered only the beginning.",
    Access.REGISTRATION: "The publisher asks for a free account before it shows the rest.",
    Access.SIGN_IN: "The publisher asks to sign in before it shows the article.",
    Access.CONSENT_WALL: "Only a consent dialog came, not the article.",
    Access.BOT_WALL: "A check for robots came in the article's place.",
    Access.UNKNOWN: "It is not clear whether this is the whole article.",
}

# `{quote}`, `{count}` and `{of}` are those of the Evidence.
EVIDENCE: dict[str, str] = {
    "says_free": "The page says that it is free to read.",
    "says_not_free": "The page says that it is not free to read.",
    "status": "The server answered with status {count}.",
    "ends_with_prompt": "It ends with “{quote}”.",
    "paragraphs_then_prompt": "{count} paragraphs came, then “{quote}”.",
    "paragraphs_then_prompt_one": "One paragraph came, then “{quote}”.",
    "prompt_after": "Right after the text stood “{quote}”.",
    "ends_mid_sentence": "It ends in the middle of a sentence: “{quote}”.",
    "words_missing": "The page says {of} words; {count} came.",
    "whole_text": "The text ends like a whole article ({count} words).",
    "paid_part_missing": "The part that the page's data calls paid did not come.",
    "paid_part_came": "The part that the page's data calls paid came ({count} words).",
    "only_summary": "Only the summary that the page gives of itself came ({count} words).",
    "words_hidden": "The page hides {count} more words.",
    "short_text": "Only {count} words came.",
    "no_sentence": "There is no sentence in the {count} words that came.",
    "only_video": "The page shows a video and {count} words.",
    "only_video_one": "The page shows a video and one word.",
    "no_text": "No article text came.",
    "login_form": "A sign-in form stands in the article's place.",
    "consent_dialog": "A consent dialog stands in the article's place: “{quote}”.",
    "robot_check": "A check for robots stands in the article's place: “{quote}”.",
    "robot_markup": "The page is made by a check for robots (“{quote}”).",
    "error_page": "The page says that something is wrong: “{quote}”.",
    "parts_joined": "{count} pages were joined.",
    "parts_missing": "Pages 1 to {count} of {of} came. Fetch it again for the rest.",
    "parts_missing_one": "Page 1 of {of} came. Fetch it again for the rest.",
    "saved_by_you": "You said so: this copy is whole.",
    "cut_by_you": "You said so: this copy is only a preview.",
    "blocks_removed": "{count} prompts were taken out.",
    "blocks_removed_one": "One prompt was taken out.",
}


BLOCKS = "{} blocks were taken out."
BACK = "{} blocks were put back."

# Why a block was taken out, by its reason; "" for any other.
REMOVED: dict[str, str] = {
    "subscribe": "Asks to subscribe",
    "register": "Asks to register",
    "sign_in": "Asks to sign in",
    "newsletter": "Offers a newsletter",
    "consent": "Asks about cookies or privacy",
    "donate": "Asks for a donation",
    "trial": "Offers a trial",
    "meter": "Counts your free articles",
    "app": "Offers an app",
    "notification": "Offers notifications",
    "ad_blocker": "Asks about an ad blocker",
    "advert": "Advertisement",
    "sponsored": "Sponsored",
    "related": "Points to other articles",
    "share": "Buttons to share",
    "follow": "Asks to follow",
    "comments": "Asks to comment",
    "template": "Left over from the page's making",
    "": "Not part of the article",
}


def end_line(access: Access) -> str:
    """What stands below a copy that is not the whole article; "" below a full one."""
    if access is Access.FULL:
        return ""
    cut = access in {Access.PREVIEW, Access.REGISTRATION, Access.SIGN_IN}
    return "The publisher delivered this far." if cut else ACCESS_SENTENCES[access]


def blocks_line(removed_count: int, put_back_count: int) -> str:
    """How many blocks are not in the text, or were put back; "" when nothing was ever out."""
    if removed_count:
        return "1 block was taken out." if removed_count == 1 else BLOCKS.format(removed_count)
    if put_back_count:
        return "1 block was put back." if put_back_count == 1 else BACK.format(put_back_count)
    return ""


def removed_reason(reason: str) -> str:
    """Why a block was taken out, by its code; a code that has no words of its own says so."""
    return REMOVED.get(reason, REMOVED[""])


def sentence(problem: Problem) -> str:
    """The English sentence for a problem; KeyError for a code that has none, as that is a bug."""
    return SENTENCES[problem.code].format_map(dict(problem.args))


def evidence_template(evidence: Evidence) -> str:
    """The template of a reason's sentence, that for one where it counts one thing."""
    one = EVIDENCE.get(f"{evidence.code}_one") if evidence.count == 1 else None
    return one or EVIDENCE[evidence.code]


def evidence_sentence(evidence: Evidence) -> str:
    """The English sentence for one reason of an access verdict."""
    return evidence_template(evidence).format(
        quote=evidence.quote, count=evidence.count, of=evidence.of
    )
