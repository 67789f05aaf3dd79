package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.qilin.ops.logging.LogField;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each event as one line of JSON in UTF-8, whatever it holds, always with the same thirteen members:
 *
 * <pre>{"time":"2026-01-05T01:30:00.000123Z","level":"INFO","logger":"…","thread":"…","stock":"600519.SH","strategy":"GLOBAL",
 * "signal":"NONE","message":"…","markers":["…"],"mdc":{"…":"…"},"pairs":{"…":"…"},
 * "error":[{"relation":"thrown","type":"…","message":"…","frames":["…"],"more":0}],"cut":{"message":70000}}</pre>
 *
 * <p>Every character that could end a line, steer a terminal or change the direction of writing is escaped, see {@link
 * io.qilin.ops.logging.LogText}. One text takes at most 16 KiB, a line at most 64 KiB; what was longer is cut at a whole character, and
 * {@code cut} says how many UTF-16 characters it had: of the text, of all names and values in {@code mdc} and {@code pairs}, of all
 * messages in {@code error}. An exception has at most 64 frames, {@code more} says how many are left out, and 8 causes.
 *
 * <p>It does not mask; {@link SampledAppender} and {@link MaskingAppender} do. Safe for use by several threads.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final int MOST_MARKERS = 8;
  private static final int MARKER = 64;
  private static final Set<String> FIELDS =
      Set.of(LogField.STOCK.key(), LogField.STRATEGY.key(), LogField.SIGNAL.key());
  private static final byte[] NOTHING = new byte[0];

  private final LineTime time = new LineTime();

  /** For Logback, and for hosts that set it up in code. */
  public LineEncoder() {}

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    @Nullable EventParts held = event instanceof HeldEvent ours ? ours.parts() : null;
    LineBuffer out = new LineBuffer();
    CutLengths cut = new CutLengths();
    Instant at = event.getInstant();
    out.raw("{\"time\":\"")
        .raw(time.of(at == null ? Instant.ofEpochMilli(event.getTimeStamp()) : at))
        .raw("\",\"level\":\"")
        .raw(event.getLevel().toString())
        .raw("\"");
    member(out, cut, "logger", event.getLoggerName(), Extent.NONE);
    member(out, cut, "thread", event.getThreadName(), Extent.NONE);
    Map<String, String> fields = event.getMDCPropertyMap();
    Map<String, String> known = fields == null ? Map.of() : fields;
    for (LogField field : LogField.values()) {
      Extent was = held == null ? Extent.NONE : held.fieldsWere().of(field);
      member(out, cut, field.key(), field.in(known), was);
    }
    String message = Objects.toString(event.getFormattedMessage(), "");
    out.raw(",\"message\":");
    boolean whole = out.text(message);
    cut.note("message", (held == null ? Extent.of(message) : held.messageWas()).cutIf(!whole));
    markers(out, event.getMarkerList());
    TextMap mdc = new TextMap(out, "mdc");
    known.forEach((name, value) -> {
      if (!FIELDS.contains(name)) {
        mdc.put(name, value);
      }
    });
    cut.note("mdc", mdc.close(held == null ? Extent.NONE : held.fieldsWere().others()));
    TextMap pairs = new TextMap(out, "pairs");
    List<KeyValuePair> all = event.getKeyValuePairs();
    if (all != null) {
      all.forEach(pair -> pairs.put(pair.key, String.valueOf(pair.value)));
    }
    cut.note("pairs", pairs.close(held == null ? Extent.NONE : held.pairsWere()));
    cut.note("error", ErrorMember.write(out, event.getThrowableProxy()));
    cut.write(out);
    return out.raw("}\n").toBytes();
  }

  private static void member(
      LineBuffer out, CutLengths cut, String name, @Nullable String text, Extent before) {
    String value = text == null ? "" : text;
    out.raw(",\"").raw(name).raw("\":");
    boolean whole = out.text(value);
    cut.note(name, Extent.of(value).cutIf(!whole).orLonger(before));
  }

  private static void markers(LineBuffer out, @Nullable List<Marker> markers) {
    out.raw(",\"markers\":[");
    if (markers != null) {
      String comma = "";
      for (Marker marker : markers.subList(0, Math.min(markers.size(), MOST_MARKERS))) {
        out.raw(comma);
        out.text(marker.getName(), MARKER);
        comma = ",";
      }
    }
    out.raw("]");
  }
}
