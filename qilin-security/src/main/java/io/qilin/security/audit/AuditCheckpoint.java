package io.qilin.security.audit;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed statement: at this moment the log held this many records, and this was the root of their tree. Whoever keeps it
 * can show later that records before it were changed or that the log was cut. An immutable value; one line of text.
 *
 * @param logId the log it belongs to, 32 hex digits
 * @param size the number of records
 * @param root the root of the Merkle tree over the hashes of these records (RFC 6962, section 2.1)
 * @param at when it was made, by the host's clock
 * @param keyId the key that signed
 * @param signature the signature in base64url without padding
 */
public record AuditCheckpoint(
    String logId, long size, AuditHash root, Instant at, String keyId, String signature) {
  private static final String SCHEME = "qilin-audit-checkpoint-1";
  private static final Pattern TEXT = Pattern.compile(
      SCHEME
          + " ([0-9a-f]{32}) ([0-9]{1,18}) ([0-9a-f]{64}) (\\S{20,40}) ([A-Za-z0-9._-]{1,64}) ([A-Za-z0-9_-]{1,1366})");
  private static final Pattern LOG_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9_-]{1,1366}");

  /** Checks the form of the parts, not the signature. */
  public AuditCheckpoint {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(at, "at");
    match(LOG_ID, logId, "the log's id must be 32 hex digits");
    match(KEY_ID, keyId, "the key's id must be 1 to 64 letters, digits and . _ -");
    match(SIGNATURE, signature, "the signature must be base64url without padding");
    if (size < 0) {
      throw QilinException.invalid("a checkpoint of " + size + " records");
    }
  }

  /** Has a checkpoint signed. */
  static AuditCheckpoint signed(
      CheckpointSigner signer, String logId, long size, AuditHash root, Instant at) {
    String keyId = signer.keyId();
    byte[] signature = signer.sign(message(logId, size, root, at, keyId));
    return new AuditCheckpoint(
        logId,
        size,
        root,
        at,
        keyId,
        Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
  }

  /**
   * Reads what {@link #toString} prints.
   *
   * @throws QilinException INVALID_ARGUMENT if the text has another form
   */
  public static AuditCheckpoint parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw QilinException.invalid(
          "this is no checkpoint of an audit log: " + QilinException.quote(text));
    }
    try {
      return new AuditCheckpoint(
          parts.group(1),
          Long.parseLong(parts.group(2)),
          AuditHash.parse(parts.group(3)),
          Instant.parse(parts.group(4)),
          parts.group(5),
          parts.group(6));
    } catch (DateTimeException e) {
      throw QilinException.invalid(
          "the checkpoint's time is none: " + QilinException.quote(parts.group(4)));
    }
  }

  /** Whether the verifier finds the signature good; one that throws does not. */
  public boolean signedFor(CheckpointVerifier verifier) {
    byte[] signed;
    try {
      signed = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(signed).equals(signature)) {
      return false;
    }
    try {
      return verifier.verify(keyId, message(logId, size, root, at, keyId), signed);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** What is signed: all parts but the signature, as printed. */
  private static byte[] message(String logId, long size, AuditHash root, Instant at, String keyId) {
    return unsigned(logId, size, root, at, keyId).getBytes(StandardCharsets.US_ASCII);
  }

  private static String unsigned(
      String logId, long size, AuditHash root, Instant at, String keyId) {
    return SCHEME + " " + logId + " " + size + " " + root + " " + at + " " + keyId;
  }

  private static void match(Pattern form, String text, String otherwise) {
    if (!form.matcher(text).matches()) {
      throw QilinException.invalid(otherwise + ", was " + QilinException.quote(text));
    }
  }

  /** One line of ASCII without a line end, which {@link #parse} reads. */
  @Override
  public String toString() {
    return unsigned(logId, size, root, at, keyId) + " " + signature;
  }
}
