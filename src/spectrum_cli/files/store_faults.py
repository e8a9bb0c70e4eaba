"""What hindered a store from answering, in one sentence, whatever the package that was asked calls it."""

import re

REFUSED = "access is refused; check the credentials for this service"
NO_CREDENTIALS = "no credentials were found for this service, or they are not accepted"
_MISSING = "there is no such file"
_NO_ACCOUNT = (
    "the URL does not say in which storage account it lies; "
    "set AZURE_STORAGE_ACCOUNT_NAME or AZURE_STORAGE_CONNECTION_STRING"
)
_BAD_ACCOUNT = "the storage account cannot be asked; check AZURE_STORAGE_CONNECTION_STRING and the account's name"

# To ask again changes nothing about these.
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, NotImplementedError, ValueError)
_UNREACHABLE = (
    "ConnectionError",
    "ClientConnectorError",
    "ClientConnectionError",
    "EndpointConnectionError",
    "ServerDisconnectedError",
)
# Of gcsfs, of Google's sign-in, and of Azure: an account that lets nobody in without a key answers 409.
_REFUSALS = re.compile(r"\b40[13]\b|Forbidden|Unauthorized|PublicAccessNotPermitted")
_SIGN_IN = ("RefreshError", "AzureSigningError")

_AZURE_URL = re.compile(r"(?:abfss?|az)://")
_USER = re.compile(r"(?<=://)[^/@:]*(?::[^/@]*)?@")
_USER_OF_AZURE = re.compile(r"(?<=://)[^/@:]*:[^/@]*@")
_PARAMETERS = re.compile(r"\?[\w.-]+=.*", re.DOTALL)
_QUERY = re.compile(r"\?.*", re.DOTALL)
_SECRET = re.compile(r"(?i)\b(sig|signature|sharedaccesssignature|accountkey|key|token|password|secret)=[^\s&;'\"]+")


class BadUrl(ValueError):
    """A URL that nothing can be asked with. The message is a sentence."""


def without_secrets(url: str) -> str:
    """Return a URL without user names, passwords and what follows a question mark, where keys are often put.

    Azure writes the container where others write a user, so that is kept: ``abfs://container@account...``.
    """
    return "::".join(map(_part_without_secrets, url.split("::")))


def may_pass(error: Exception) -> bool:
    """Whether it can be of use to ask again."""
    if network := _network_fault(error):
        return network != REFUSED
    return not isinstance(error, _FINAL) and reason(error) not in (REFUSED, _MISSING)


def reason(error: Exception) -> str:
    """Return in one sentence why something could not be had."""
    told = str(error)
    network = _network_fault(error)
    if network or isinstance(error, BadUrl):
        return network or told
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, FileNotFoundError) or "ResourceNotFoundError" in names:
        return _MISSING
    if "NoCredentialsError" in names:
        return "no credentials were found for this service"
    if names.intersection(_SIGN_IN) or isinstance(error, PermissionError) or _REFUSALS.search(told):
        return REFUSED
    if "ClientAuthenticationError" in names:
        return NO_CREDENTIALS
    if "BadZipFile" in names:
        return "the archive is damaged, or is no ZIP file"
    if told.startswith("unable to connect to account"):
        return _NO_ACCOUNT if "Must provide" in told else _BAD_ACCOUNT
    if isinstance(error, ValueError) and "Protocol not known" in told:
        return told[:1].lower() + told[1:]
    first = next(iter(told.splitlines()), "") or type(error).__name__
    shown = _SECRET.sub(r"\1=…", without_secrets(first))
    return f"it cannot be read: {shown[:200]}"


def _part_without_secrets(part: str) -> str:
    if _AZURE_URL.match(part):
        return _PARAMETERS.sub("", _USER_OF_AZURE.sub("", part))
    named = _USER.sub("", part)
    return _QUERY.sub("", named) if "http" in named else named


def _network_fault(error: BaseException | None) -> str:
    """Return in a sentence what a network did, or an empty text. It may stand behind a file that is not found."""
    while error is not None:
        names = {kind.__name__ for kind in type(error).__mro__}
        if isinstance(error, TimeoutError) or any("Timeout" in name for name in names):
            return "the server does not answer in time"
        if names.intersection(_UNREACHABLE):
            return "the server cannot be reached"
        status = _status(error)
        if status in (401, 403):
            return REFUSED
        if status is not None and status >= 500:
            return f"the server has a fault of its own (status {status})"
        error = error.__cause__
    return ""


def _status(error: BaseException) -> int | None:
    """Return the HTTP status that an answer had: aiohttp, gcsfs and Azure's package each name it their own way."""
    for name in ("status", "code", "status_code"):
        status = getattr(error, name, None)
        if isinstance(status, int | str) and str(status).isdecimal():
            return int(status)
    return None
