package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which forms of payload a reader understands: one current version and, for each older major version, a function that lifts
 * a payload to the next one. A payload of a newer major version or of another name is refused, so that it goes to the dead
 * letters and can be read again when the reader knows it. Immutable, and as safe to share as its functions.
 */
public final class PayloadSchemas {
  /** Any payload, as it is; the headers are not looked at. */
  public static final PayloadSchemas ANY = new PayloadSchemas(null, Map.of(), true);

  private final @Nullable SchemaVersion current;
  private final Map<Integer, UnaryOperator<byte[]>> upcasters;
  private final boolean absentIsCurrent;

  private PayloadSchemas(
      @Nullable SchemaVersion current,
      Map<Integer, UnaryOperator<byte[]>> upcasters,
      boolean absentIsCurrent) {
    this.current = current;
    this.upcasters = upcasters;
    this.absentIsCurrent = absentIsCurrent;
  }

  /** Understands this version; a record without the headers is refused. */
  public static PayloadSchemas of(SchemaVersion current) {
    return new PayloadSchemas(Objects.requireNonNull(current, "current"), Map.of(), false);
  }

  /**
   * Understands an older major version too.
   *
   * @param major the older one; all between it and the current one are needed as well
   * @param toNext makes a payload of version {@code major + 1}; the array is its own. What it throws refuses the payload
   * @throws QilinException INVALID_ARGUMENT if it is not older, or there is one for it
   */
  public PayloadSchemas upcast(int major, UnaryOperator<byte[]> toNext) {
    if (current == null || major < 1 || major >= current.major() || upcasters.containsKey(major)) {
      throw QilinException.invalid("there is one upcaster for each major version before "
          + (current == null ? "a current one" : current) + ", not one for " + major);
    }
    Map<Integer, UnaryOperator<byte[]>> more = new TreeMap<>(upcasters);
    more.put(major, Objects.requireNonNull(toNext, "toNext"));
    return new PayloadSchemas(current, more, absentIsCurrent);
  }

  /** Takes a record without the headers for one of the current version: for topics that others write. */
  public PayloadSchemas absentIsCurrent() {
    return new PayloadSchemas(current, upcasters, true);
  }

  /**
   * The payload in the current version.
   *
   * @throws QilinException DATA_FORMAT if it is of a form that is not understood
   */
  byte[] read(Headers headers, byte[] payload) {
    SchemaVersion own = current;
    if (own == null) {
      return payload;
    }
    String name = RecordHeaders.text(headers, KafkaHeaders.SCHEMA);
    String version = RecordHeaders.text(headers, KafkaHeaders.SCHEMA_VERSION);
    if (name.isEmpty() && version.isEmpty() && absentIsCurrent) {
      return payload;
    }
    SchemaVersion found = SchemaVersion.parse(name, version);
    if (!found.name().equals(own.name()) || found.major() > own.major()) {
      throw refused(found, own, "");
    }
    byte[] lifted = payload;
    for (int major = found.major(); major < own.major(); major++) {
      UnaryOperator<byte[]> toNext = upcasters.get(major);
      if (toNext == null) {
        throw refused(found, own, ", and nothing lifts version " + major);
      }
      lifted = lift(toNext, major, lifted);
    }
    return lifted;
  }

  private static byte[] lift(UnaryOperator<byte[]> toNext, int major, byte[] payload) {
    try {
      return Objects.requireNonNull(toNext.apply(payload), "lifted payload");
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "the payload of version " + major + " could not be lifted: " + e,
          e);
    }
  }

  private static QilinException refused(SchemaVersion found, SchemaVersion own, String more) {
    return new QilinException(
        ErrorCode.DATA_FORMAT, "the payload is " + found + ", this reads " + own + more);
  }
}
