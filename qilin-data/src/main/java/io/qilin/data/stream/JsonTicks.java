package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Ticks as JSON objects, one a line: {@code {"symbol":"600519.SH","eventTime":"2024-01-02T01:30:00Z",
 * "asOf":"2024-01-02T01:30:00.2Z","sequence":17,"price":1685.01,"volume":300,"amount":505503,"phase":"CONTINUOUS",
 * "provider":"csv","origin":"a file","synthetic":false}}.
 *
 * <p>Times are ISO 8601 in UTC, units those of {@link Tick}. Absent or null: sequence is −1, amount is not known, provider
 * and origin are those of the reader, synthetic is false; all else must be there. Read strictly: at most 8 MiB, 64 levels,
 * 100,000 characters a text and 64 a number, no member twice, none that is not named here, nothing behind the object, numbers
 * as JSON has them. Stateless and safe to share.
 */
public final class JsonTicks implements RecordParser<ByteBuffer, Tick> {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_TEXT = 100_000;
  private static final int MAX_NAME = 1_000;
  private static final int MAX_NUMBER = 64;

  private static final TreeSet<String> TEXTS = new TreeSet<>(
      java.util.List.of("symbol", "eventTime", "asOf", "phase", "provider", "origin"));
  private static final TreeSet<String> NUMBERS =
      new TreeSet<>(java.util.List.of("sequence", "price", "volume", "amount"));

  private static final JsonFactory STRICT = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(MAX_TEXT)
          .maxNameLength(MAX_NAME)
          .maxNumberLength(MAX_NUMBER)
          .maxDocumentLength(MAX_BYTES)
          .build())
      .build();

  private final Provenance source;

  /**
   * Reads ticks.
   *
   * @param source who says so, where a tick does not say
   */
  public JsonTicks(Provenance source) {
    this.source = java.util.Objects.requireNonNull(source, "source");
  }

  /**
   * Reads a tick.
   *
   * @throws QilinException LIMIT_EXCEEDED if it is longer than 8 MiB; DATA_FORMAT if it is not such an object;
   *     INVALID_ARGUMENT if it is one, but no tick
   */
  @Override
  public Tick parse(ByteBuffer payload) {
    if (payload.remaining() > MAX_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a tick has at most " + MAX_BYTES + " bytes, this one has " + payload.remaining());
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), bytes)) {
      Map<String, String> members = members(parser);
      if (parser.nextToken() != null) {
        throw bad("something follows the object");
      }
      return tick(members);
    } catch (JacksonException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "a tick is not JSON: " + QilinException.quote(e.getOriginalMessage()),
          e);
    }
  }

  /** The members with their values as they are written; those that are null are left out. */
  private static Map<String, String> members(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw bad("it is not an object");
    }
    Map<String, String> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = String.valueOf(parser.currentName());
      JsonToken value = parser.nextToken();
      boolean fits = TEXTS.contains(name)
          ? value == JsonToken.VALUE_STRING
          : NUMBERS.contains(name)
              ? value.isNumeric()
              : name.equals("synthetic") && value.isBoolean();
      boolean known = TEXTS.contains(name) || NUMBERS.contains(name) || name.equals("synthetic");
      if (!known) {
        throw bad("it has no member " + QilinException.quote(name));
      }
      if (value != JsonToken.VALUE_NULL) {
        if (!fits) {
          throw bad("its " + name + " cannot be " + value);
        }
        members.put(name, parser.getString());
      }
    }
    return members;
  }

  private Tick tick(Map<String, String> members) {
    String provider = members.getOrDefault("provider", source.provider());
    String origin = members.getOrDefault("origin", source.origin());
    boolean same = !members.containsKey("provider")
        && !members.containsKey("origin")
        && !members.containsKey("synthetic");
    return new Tick(
        Symbol.parse(text(members, "symbol")),
        time(members, "eventTime"),
        time(members, "asOf"),
        same
            ? source
            : new Provenance(
                provider, origin, Boolean.parseBoolean(members.getOrDefault("synthetic", ""))),
        sequence(members),
        number(members, "price"),
        number(members, "volume"),
        members.containsKey("amount") ? number(members, "amount") : Double.NaN,
        phase(text(members, "phase")));
  }

  private static String text(Map<String, String> members, String name) {
    String text = members.get(name);
    if (text == null) {
      throw bad("it has no " + name);
    }
    return text;
  }

  private static Instant time(Map<String, String> members, String name) {
    String text = text(members, name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "the " + name + " of a tick is a time like 2024-01-02T01:30:00Z, was "
              + QilinException.quote(text),
          e);
    }
  }

  private static double number(Map<String, String> members, String name) {
    return Double.parseDouble(text(members, name));
  }

  private static long sequence(Map<String, String> members) {
    String text = members.get("sequence");
    if (text == null) {
      return Tick.NO_SEQUENCE;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          "the sequence of a tick is a whole number, was " + QilinException.quote(text),
          e);
    }
  }

  private static TradingPhase phase(String text) {
    for (TradingPhase phase : TradingPhase.values()) {
      if (phase.name().equals(text)) {
        return phase;
      }
    }
    throw bad("there is no phase " + QilinException.quote(text));
  }

  private static QilinException bad(String what) {
    return new QilinException(ErrorCode.DATA_FORMAT, "a tick is not as expected: " + what);
  }

  /** A tick as {@link #parse} reads it back, without an end of line. */
  public static byte[] write(Tick tick) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = STRICT.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("symbol", tick.of().toString());
      json.writeStringProperty("eventTime", tick.eventTime().toString());
      json.writeStringProperty("asOf", tick.asOf().toString());
      json.writeNumberProperty("sequence", tick.sequence());
      json.writeNumberProperty("price", tick.price());
      json.writeNumberProperty("volume", tick.volume());
      if (!Double.isNaN(tick.amount())) {
        json.writeNumberProperty("amount", tick.amount());
      }
      json.writeStringProperty("phase", tick.phase().name());
      json.writeStringProperty("provider", tick.source().provider());
      json.writeStringProperty("origin", tick.source().origin());
      json.writeBooleanProperty("synthetic", tick.source().synthetic());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
