package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Gets one page of a table, as often tried as the spec allows and no faster than its rates. Safe to share. */
final class Client {
  /** One page, the token of the next one, and whether the answer says that there is one. */
  record Page(RestTable table, Optional<String> cursor, Optional<Boolean> more) {}

  private final RestSpec spec;
  private final HttpCaller http;
  private final Optional<Secret> secret;
  private final LongSupplier ticker;
  private final RandomGenerator random;
  private final Optional<Throttle> whole;
  private final Map<String, Throttle> each = new ConcurrentHashMap<>();

  Client(
      RestSpec spec,
      HttpCaller http,
      Optional<Secret> secret,
      LongSupplier ticker,
      RandomGenerator random) {
    this.spec = spec;
    this.http = http;
    this.secret = secret;
    this.ticker = ticker;
    this.random = random;
    this.whole = spec.rate().map(rate -> new Throttle(rate, ticker));
  }

  /**
   * Gets a page.
   *
   * @param asked values of placeholders but the secret
   * @throws QilinException what the last attempt failed of
   */
  Page page(RestFetch fetch, Map<String, String> asked, Deadline deadline)
      throws InterruptedException {
    Map<String, String> values = new HashMap<>(asked);
    secret.ifPresent(kept -> values.put("secret", kept.reveal()));
    for (int failures = 1; ; failures++) {
      turn(fetch, deadline);
      try {
        return attempt(fetch, values, deadline);
      } catch (AttemptFailure failure) {
        long wait =
            failure.wanted().isPresent() ? failure.wanted().get().toNanos() : ownWait(failures);
        if (!failure.again() || failures == spec.retry().attempts() || wait >= deadline.left()) {
          throw failure.error();
        }
        deadline.pause(wait);
      }
    }
  }

  private long ownWait(int failures) {
    synchronized (random) {
      return spec.retry().waitNanos(failures, random.nextDouble());
    }
  }

  private void turn(RestFetch fetch, Deadline deadline) throws InterruptedException {
    if (fetch.rate().isPresent()) {
      each.computeIfAbsent(fetch.name(), name -> new Throttle(fetch.rate().get(), ticker))
          .await(deadline, where(fetch));
    }
    if (whole.isPresent()) {
      whole.get().await(deadline, where(fetch));
    }
  }

  private Page attempt(RestFetch fetch, Map<String, String> values, Deadline deadline)
      throws AttemptFailure, InterruptedException {
    AnswerFormat format = fetch.format().orElse(spec.format());
    HttpCaller.Reply reply = http.send(fetch, values, format.charset(), deadline, where(fetch));
    AnswerReader reader = new AnswerReader(where(fetch), spec.nulls(), spec.limits());
    if (!reply.good()) {
      throw refused(fetch, reply, reader);
    }
    if (format.csv()) {
      return new Page(
          reader.csv(reply.text(), format.separator()), Optional.empty(), Optional.empty());
    }
    JsonNode document = reader.json(reply.text());
    Optional<AttemptFailure> told = told(fetch, document);
    if (told.isPresent()) {
      throw told.get();
    }
    return new Page(
        reader.rows(document, format),
        fetch.paging().cursor().flatMap(pointer -> text(document, pointer)),
        fetch
            .paging()
            .more()
            .flatMap(pointer -> text(document, pointer))
            .map(text -> more(fetch, text)));
  }

  private Boolean more(RestFetch fetch, String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            where(fetch) + ": whether there is more should be true or false, was "
                + QilinException.quote(text));
    };
  }

  /** The failure that an answer of a bad status is. */
  private AttemptFailure refused(RestFetch fetch, HttpCaller.Reply reply, AnswerReader reader) {
    int status = reply.status();
    if (status != 429 && status / 100 != 5) {
      Optional<AttemptFailure> told = toldIfJson(fetch, reply, reader);
      if (told.isPresent()) {
        return told.get();
      }
    }
    ErrorCode code = switch (status) {
      case 401 -> ErrorCode.AUTHENTICATION;
      case 403 -> ErrorCode.AUTHORIZATION;
      case 429 -> ErrorCode.RATE_LIMITED;
      default -> ErrorCode.DATA_FETCH;
    };
    String hint = switch (status) {
      case 401 -> "; the service does not know the secret";
      case 403 -> "; the secret does not allow this";
      case 429 -> "; the service is asked too often";
      default -> status / 100 == 3 ? "; redirects are not followed, so set the address itself" : "";
    };
    boolean again = status == 429 || status == 408 || status / 100 == 5;
    return new AttemptFailure(
        new QilinException(code, where(fetch) + ": HTTP status " + status + hint),
        again,
        reply.pause());
  }

  private Optional<AttemptFailure> toldIfJson(
      RestFetch fetch, HttpCaller.Reply reply, AnswerReader reader) {
    try {
      return spec.failure().isPresent() ? told(fetch, reader.json(reply.text())) : Optional.empty();
    } catch (QilinException e) {
      // The status says enough.
      return Optional.empty();
    }
  }

  /** The failure that an answer tells by itself. */
  private Optional<AttemptFailure> told(RestFetch fetch, JsonNode document) {
    if (spec.failure().isEmpty()) {
      return Optional.empty();
    }
    FailureFormat format = spec.failure().get();
    Optional<String> code = text(document, format.code());
    if (code.isEmpty() ? format.good().isEmpty() : code.equals(format.good())) {
      return Optional.empty();
    }
    String message = text(document, format.message()).orElse("");
    Optional<ErrorRule> rule = format.rules().stream()
        .filter(known -> known.fits(code.orElse(""), message))
        .findFirst();
    ErrorCode as = rule.map(ErrorRule::as).orElse(ErrorCode.DATA_FETCH);
    String said = code.filter(text -> !text.equals(message))
            .map(text -> " code " + QilinException.quote(http.hidden(text)))
            .orElse("")
        + (message.isEmpty() ? "" : " " + QilinException.quote(http.hidden(message)));
    return Optional.of(new AttemptFailure(
        new QilinException(
            as,
            where(fetch) + ": the service answers"
                + (said.isEmpty() ? " without the code that it gives elsewhere" : said)),
        as.retryable() && rule.isPresent(),
        rule.flatMap(ErrorRule::pause)));
  }

  private static Optional<String> text(JsonNode document, String pointer) {
    JsonNode at = document.at(pointer);
    return at.isValueNode() && !at.isNull() && !at.asString().isEmpty()
        ? Optional.of(at.asString())
        : Optional.empty();
  }

  /** For example {@code tushare, daily}: never an address, as secrets may stand in it. */
  String where(RestFetch fetch) {
    return spec.id() + ", " + fetch.name();
  }
}
