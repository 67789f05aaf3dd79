package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What a server said instead of an answer, as an error of Qilin. Its words are made fit for a message and hold no key. */
final class ServerError {
  private static final String QUOTA = "insufficient_quota";

  private final String model;
  private final Optional<Secret> key;

  ServerError(String model, Optional<Secret> key) {
    this.model = model;
    this.key = key;
  }

  /** A status other than 2xx, with the body as far as it was read. */
  AttemptFailure status(int status, Function<String, Optional<String>> header, String body) {
    Json error = Json.parse(body.strip()).map(json -> json.at("error")).orElse(Json.NOTHING);
    boolean quota = mentions(error, QUOTA);
    String id = header
        .apply("x-request-id")
        .map(text -> " (request " + said(text) + ")")
        .orElse("");
    String message =
        model + " answered " + status + words(error, body) + id + "; " + mend(status, quota);
    return new AttemptFailure(
        new QilinException(code(status, quota), message),
        !quota && RetryRule.again(status, header),
        RetryRule.serverWait(header),
        (status == 400 || status == 422)
            && (body.contains("response_format") || body.contains("json_schema")));
  }

  /** An object {@code error} in an answer that began well. */
  AttemptFailure inAnswer(Json error) {
    int status = error.at("code").whole().stream()
        .filter(code -> code >= 400 && code < 600)
        .mapToInt(code -> (int) code)
        .findFirst()
        .orElseGet(() -> named(error));
    boolean quota = mentions(error, QUOTA);
    return new AttemptFailure(
        new QilinException(
            code(status, quota),
            model + " broke off its answer" + words(error, "") + "; " + mend(status, quota)),
        !quota && RetryRule.again(status, name -> Optional.empty()),
        OptionalLong.empty());
  }

  private static int named(Json error) {
    if (mentions(error, "rate_limit") || mentions(error, QUOTA)) {
      return 429;
    }
    return mentions(error, "invalid_request") ? 400 : 500;
  }

  private static boolean mentions(Json error, String word) {
    return error.at("code").word().orElse("").toLowerCase(Locale.ROOT).contains(word)
        || error.at("type").word().orElse("").toLowerCase(Locale.ROOT).contains(word);
  }

  private String words(Json error, String body) {
    String text = error.at("message").text().or(error::text).orElse(body.strip());
    return text.isEmpty() ? "" : " " + said(text);
  }

  /** Text of the server for a message: short, on one line, without the key. */
  private String said(String text) {
    String safe = key.isPresent() ? text.replace(key.get().reveal(), "***") : text;
    return QilinException.quote(safe);
  }

  private static ErrorCode code(int status, boolean quota) {
    if (status == 429) {
      return quota ? ErrorCode.LLM_REFUSED : ErrorCode.LLM_RATE_LIMITED;
    }
    if (status == 408) {
      return ErrorCode.LLM_TIMEOUT;
    }
    return status == 409 || status >= 500 ? ErrorCode.LLM_UNAVAILABLE : ErrorCode.LLM_REFUSED;
  }

  private static String mend(int status, boolean quota) {
    if (quota || status == 402) {
      return "top up the account with the provider";
    }
    return switch (status) {
      case 401, 403 -> "check the key and what it may do";
      case 404 -> "check the settings model and base-uri";
      case 429 -> "ask less often, or have the limit raised by the provider";
      case 400, 413, 422 ->
        "check the request, and the model's limits and capabilities in the settings";
      default ->
        status >= 300 && status < 400
            ? "redirects are not followed: set base-uri to the final address"
            : "try again later, or let a router ask another provider";
    };
  }
}
