package io.qilin.security.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A request as it came in: nothing decoded, nothing trusted. Immutable; the body is copied on the way in and on the way out.
 */
public final class ScreenedRequest {
  /** One header line as it came in; one name may come more than once. */
  public record Header(String name, String value) {
    /** Checks that both are there. */
    public Header {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }

    /** The name only, as the value may be a secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  private final String method;
  private final String target;
  private final List<Header> headers;
  private final byte[] body;

  private ScreenedRequest(Builder builder) {
    this.method = builder.method;
    this.target = builder.target;
    this.headers = List.copyOf(builder.headers);
    this.body = builder.body;
  }

  /**
   * Begins a request.
   *
   * @param method the method, for example {@code GET}
   * @param target path and query as they stand in the request line, still percent-encoded
   */
  public static Builder builder(String method, String target) {
    return new Builder(method, target);
  }

  /** The method. */
  public String method() {
    return method;
  }

  /** Path and query, still encoded. */
  public String target() {
    return target;
  }

  /** The header lines in their order. */
  public List<Header> headers() {
    return headers;
  }

  /** The first header of that name, in any case of letters. */
  public Optional<String> header(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return headers.stream()
        .filter(header -> header.name().toLowerCase(Locale.ROOT).equals(wanted))
        .map(Header::value)
        .findFirst();
  }

  /** A copy of the body; empty if there is none. */
  public byte[] body() {
    return body.clone();
  }

  /** Bytes of the body. */
  public int bodyLength() {
    return body.length;
  }

  byte[] bodyShared() {
    return body;
  }

  /** Sizes only, since all else may be a secret. */
  @Override
  public String toString() {
    return "ScreenedRequest[" + headers.size() + " headers, " + body.length + " bytes]";
  }

  /** Collects the parts of a request. Not thread-safe. */
  public static final class Builder {
    private final String method;
    private final String target;
    private final List<Header> headers = new ArrayList<>();
    private byte[] body = new byte[0];

    private Builder(String method, String target) {
      this.method = Objects.requireNonNull(method, "method");
      this.target = Objects.requireNonNull(target, "target");
    }

    /** Adds a header line. */
    public Builder header(String name, String value) {
      headers.add(new Header(name, value));
      return this;
    }

    /** The body as it was sent, after chunked transfer is undone; empty unless set. It is copied. */
    public Builder body(byte[] bytes) {
      body = bytes.clone();
      return this;
    }

    /** The request. */
    public ScreenedRequest build() {
      return new ScreenedRequest(this);
    }
  }
}
