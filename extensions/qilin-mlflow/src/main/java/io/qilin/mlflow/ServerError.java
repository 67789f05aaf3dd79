package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an answer means that is no success. */
final class ServerError {
  private ServerError() {}

  /**
   * The failure that an answer tells.
   *
   * @param what the call, for example {@code runs/create}
   * @param server where, without secrets
   */
  static CallFailure of(Reply reply, String what, String server) {
    Optional<JsonNode> body = Json.read(reply.body());
    String code = body.map(json -> Json.text(json, "error_code")).orElse("");
    String said = body.map(json -> Json.text(json, "message"))
        .filter(text -> !text.isEmpty())
        .map(text -> ": " + QilinException.quote(text))
        .orElse("");
    String where =
        "MLflow at " + server + " answered " + what + " with status " + reply.status() + said;
    QilinException error = new QilinException(
        code(reply.status(), code, body.isPresent()),
        where + hint(reply.status(), body.isPresent()));
    return RetryRule.again(reply.status())
        ? CallFailure.again(error, RetryRule.serverWait(reply.headers()))
        : CallFailure.last(error);
  }

  private static ErrorCode code(int status, String code, boolean json) {
    if (status >= 500) {
      return ErrorCode.STORE_UNAVAILABLE;
    }
    return switch (status) {
      case 400 ->
        code.equals("RESOURCE_ALREADY_EXISTS") ? ErrorCode.CONFLICT : ErrorCode.INVALID_ARGUMENT;
      case 401 -> ErrorCode.AUTHENTICATION;
      case 403 -> ErrorCode.AUTHORIZATION;
      case 404 -> json ? ErrorCode.DATA_NOT_FOUND : ErrorCode.INVALID_CONFIGURATION;
      case 408 -> ErrorCode.TIMEOUT;
      case 409 -> ErrorCode.CONFLICT;
      case 413 -> ErrorCode.LIMIT_EXCEEDED;
      case 429 -> ErrorCode.RATE_LIMITED;
      default -> ErrorCode.INVALID_CONFIGURATION;
    };
  }

  private static String hint(int status, boolean json) {
    if (status >= 500 || status == 408 || status == 429) {
      return "; try again later, and look into the server's log";
    }
    return switch (status) {
      case 400, 409 -> "";
      case 401, 403 -> "; check the credentials and what the server lets them do";
      case 404 -> json ? "" : "; check the base URI, there is no MLflow there";
      case 413 -> "; log less at once";
      default ->
        "; check the base URI and what stands before the server; redirects are not followed";
    };
  }
}
