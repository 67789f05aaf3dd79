package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes that are signed: each part as its length in bytes, a colon, the bytes, and a line feed (netstrings), so that no two
 * requests have the same bytes. The parts in their order: {@value #SCHEME}, key id, method, path, {@code 0} or {@code 1} for a query,
 * query, number of signed headers, for each of them its name, the number of its values and the values, SHA-256 of the body in hex,
 * time stamp, nonce.
 */
final class CanonicalRequest {
  /** What the scheme is called, so that no signature of it is one of another. */
  static final String SCHEME = "QILIN-HMAC-SHA256-V1";

  private static final int LONGEST = 1 << 16;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

  private CanonicalRequest() {}

  /**
   * The bytes.
   *
   * @throws QilinException INPUT_REJECTED if they are more than 64 KiB, or a text is not well-formed Unicode
   */
  static byte[] bytes(SignableRequest request, Stamp stamp) {
    CanonicalRequest canonical = new CanonicalRequest();
    canonical.add(SCHEME);
    canonical.add(stamp.keyId());
    canonical.add(request.method());
    canonical.add(request.path());
    canonical.add(request.query().isPresent() ? "1" : "0");
    canonical.add(request.query().orElse(""));
    canonical.headers(request, stamp.signedHeaders());
    canonical.add(request.body().hex());
    canonical.add(stamp.timestamp());
    canonical.add(stamp.nonce());
    return canonical.out.toByteArray();
  }

  private void headers(SignableRequest request, List<String> names) {
    add(Integer.toString(names.size()));
    for (String name : names) {
      List<String> values = request.values(name);
      add(name);
      add(Integer.toString(values.size()));
      values.forEach(this::add);
    }
  }

  private void add(String part) {
    byte[] bytes = utf8(part);
    if (bytes.length > LONGEST - out.size()) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED, "more than 64 KiB of path, query and headers are not signed");
    }
    out.writeBytes(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    out.write(':');
    out.writeBytes(bytes);
    out.write('\n');
  }

  /** Half of a surrogate pair has no bytes of its own, so it is refused rather than replaced. */
  private static byte[] utf8(String part) {
    if (part.length() > LONGEST) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED, "more than 64 KiB of path, query and headers are not signed");
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(part));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new QilinException(
          ErrorCode.INPUT_REJECTED, "a part of the request is not well-formed Unicode", e);
    }
  }

  /** What is signed beside the request itself. */
  record Stamp(String keyId, List<String> signedHeaders, String timestamp, String nonce) {
    Stamp {
      signedHeaders = List.copyOf(signedHeaders);
    }
  }
}
