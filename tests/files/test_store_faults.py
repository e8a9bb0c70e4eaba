"""What is said of a fault of a store, and whether it is of use to ask again."""

import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ServiceResponseTimeoutError
from gcsfs.retry import HttpError
from google.auth.exceptions import RefreshError, TransportError

from spectrum_cli.files.store_faults import REFUSED, may_pass, reason

SILENT = "the server does not answer in time"
MISSING = "there is no such file"


def behind(error: Exception, cause: Exception) -> Exception:
    """Return an error that another one stands behind."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "told", "again"),
    [
        (FileNotFoundError("plans/403.yaml"), MISSING, False),
        (behind(FileNotFoundError("plans/a.yaml"), TimeoutError()), SILENT, True),
        (OSError("Forbidden: https://storage.googleapis.com/storage/v1/b/plans/o"), REFUSED, False),
        (HttpError({"code": 401, "message": "Invalid Credentials"}), REFUSED, False),
        (HttpError({"code": "503", "message": ""}), "the server has a fault of its own (status 503)", True),
        (RefreshError("invalid_grant: Invalid JWT Signature."), REFUSED, False),
        (behind(TransportError("token"), ConnectionError()), "the server cannot be reached", True),
        (ServiceResponseTimeoutError("late"), SILENT, True),
        (HttpResponseError("Public access is not permitted.\nErrorCode:PublicAccessNotPermitted"), REFUSED, False),
        (
            ClientAuthenticationError("DefaultAzureCredential failed"),
            "no credentials were found for this service, or they are not accepted",
            True,
        ),
        (HttpError({"code": 429, "message": "slow down"}), "it cannot be read: slow down, 429", True),
        (RuntimeError(), "it cannot be read: RuntimeError", True),
        (RuntimeError("odd\nAccountKey=abc123"), "it cannot be read: odd", True),
        (RuntimeError("odd AccountKey=abc123==;x sig=abc123&a"), "it cannot be read: odd AccountKey=…;x sig=…&a", True),
        (ValueError("url http://a/b?sv=1&sig=abc123 is odd"), "it cannot be read: url http://a/b", False),
    ],
)
def test_a_fault_is_one_sentence_without_a_secret(error: Exception, told: str, again: bool) -> None:
    assert reason(error) == told
    assert may_pass(error) is again
