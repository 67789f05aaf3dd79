package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a request is signed, as it stands on the wire: nothing is decoded, sorted or put in another case, because what is signed
 * must be what is executed. Immutable.
 *
 * @param method for example {@code POST}
 * @param path the raw path
 * @param query the raw query without the question mark; empty if there is no question mark, which is not the same as an empty query
 * @param headers all headers, in their order
 * @param body the hash of the body
 */
public record SignableRequest(
    String method, String path, Optional<String> query, List<HeaderField> headers, BodyHash body) {
  /** Copies the parts. */
  public SignableRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(query, "query");
    headers = List.copyOf(headers);
    Objects.requireNonNull(body, "body");
  }

  /** From a request target as it is sent, for example {@code /orders?side=buy}: the query follows the first question mark. */
  public static SignableRequest of(
      String method, String target, List<HeaderField> headers, BodyHash body) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new SignableRequest(method, target, Optional.empty(), headers, body)
        : new SignableRequest(
            method,
            target.substring(0, mark),
            Optional.of(target.substring(mark + 1)),
            headers,
            body);
  }

  /** The same with these headers after its own. */
  public SignableRequest withHeaders(List<HeaderField> more) {
    List<HeaderField> all = new ArrayList<>(headers);
    all.addAll(more);
    return new SignableRequest(method, path, query, all, body);
  }

  /** The values of a header, in their order. */
  public List<String> values(String name) {
    return headers.stream()
        .filter(field -> field.name().equals(name.toLowerCase(Locale.ROOT)))
        .map(HeaderField::value)
        .toList();
  }

  /** The method and the path. */
  @Override
  public String toString() {
    return "SignableRequest[" + QilinException.quote(method) + " " + QilinException.quote(path)
        + "]";
  }
}
