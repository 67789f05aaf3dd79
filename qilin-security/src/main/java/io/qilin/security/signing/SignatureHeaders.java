package io.qilin.security.signing;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The headers that a signature travels in, read strictly: each once, each in its one form. */
final class SignatureHeaders {
  static final String SIGNATURE = "x-signature";
  static final String TIMESTAMP = "x-timestamp";
  static final String NONCE = "x-nonce";
  static final String KEY_ID = "x-key-id";
  static final String SIGNED_HEADERS = "x-signed-headers";

  private static final Set<String> OWN =
      Set.of(SIGNATURE, TIMESTAMP, NONCE, KEY_ID, SIGNED_HEADERS);
  private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");
  private static final Pattern HEX_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final Pattern NAMES = Pattern.compile("[a-z0-9-]{1,64}(?:;[a-z0-9-]{1,64}){0,31}");
  private static final int HEX_DIGITS_OF_96_BITS = 24;

  private final CanonicalRequest.Stamp stamp;
  private final byte[] signature;

  private SignatureHeaders(CanonicalRequest.Stamp stamp, byte[] signature) {
    this.stamp = stamp;
    this.signature = signature;
  }

  /** @throws SignatureRefused if one is missing, twice there, or of another form */
  static SignatureHeaders read(SignableRequest request) {
    String keyId = one(request, KEY_ID);
    String timestamp = one(request, TIMESTAMP);
    String nonce = one(request, NONCE);
    String signature = one(request, SIGNATURE);
    List<String> signed =
        request.values(SIGNED_HEADERS).isEmpty() ? List.of() : names(one(request, SIGNED_HEADERS));
    boolean formed = RequestKey.isId(keyId)
        && isSeconds(timestamp)
        && isNonce(nonce)
        && HEX_256.matcher(signature).matches();
    if (!formed) {
      throw new SignatureRefused(SignatureRefusal.HEADER_MALFORMED);
    }
    return new SignatureHeaders(
        new CanonicalRequest.Stamp(keyId, signed, timestamp, nonce),
        HexFormat.of().parseHex(signature));
  }

  private static String one(SignableRequest request, String name) {
    List<String> values = request.values(name);
    if (values.size() != 1) {
      throw new SignatureRefused(SignatureRefusal.HEADER_MISSING);
    }
    return values.get(0);
  }

  private static List<String> names(String list) {
    if (!NAMES.matcher(list).matches()) {
      throw new SignatureRefused(SignatureRefusal.HEADER_MALFORMED);
    }
    List<String> names = List.of(list.split(";"));
    if (!names.equals(sorted(names.stream())) || names.stream().anyMatch(OWN::contains)) {
      throw new SignatureRefused(SignatureRefusal.HEADER_MALFORMED);
    }
    return names;
  }

  /** The one order of a list of signed headers: by name, each once. */
  static List<String> sorted(Stream<String> names) {
    return names.distinct().sorted().toList();
  }

  /** Seconds since 1970 in plain digits, at most twelve of them, so that nothing overflows. */
  static boolean isSeconds(String text) {
    return SECONDS.matcher(text).matches();
  }

  /** At least 96 bits: 24 hex digits, or 16 characters of base64url that are not all hex digits. */
  static boolean isNonce(String text) {
    return BASE64URL.matcher(text).matches()
        && (text.length() >= HEX_DIGITS_OF_96_BITS || !HEX.matcher(text).matches());
  }

  static boolean isHexOf256Bits(String text) {
    return HEX_256.matcher(text).matches();
  }

  static boolean mayBeSigned(String name) {
    return NAMES.matcher(name).matches() && name.indexOf(';') < 0 && !OWN.contains(name);
  }

  CanonicalRequest.Stamp stamp() {
    return stamp;
  }

  byte[] signature() {
    return signature.clone();
  }
}
