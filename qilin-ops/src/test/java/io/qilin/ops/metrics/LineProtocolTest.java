package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineProtocolTest {
  private static final Instant TIME = Instant.parse("2026-01-05T01:30:00.123456789Z");

  @Test
  void whenWritten_thenItIsTheFormOfInfluxDb() {
    MeasuredPoint point = new MeasuredPoint(
        "a b,c",
        Map.of("k=1", "v w", "none", "", "time", "noon"),
        Map.of(
            "d", FieldValue.of(-0.0),
            "i", FieldValue.of(Long.MIN_VALUE),
            "s", FieldValue.of("say \"hi\"\\\n"),
            "t", FieldValue.of(true)),
        TIME);
    assertThat(LineProtocol.line(point))
        .isEqualTo("a\\ b\\,c,k\\=1=v\\ w,time_=noon d=-0.0,i=-9223372036854775808i,"
            + "s=\"say \\\"hi\\\"\\\\\n\",t=true 1767576600123456789");
    assertThat(LineProtocol.line(MeasuredPoint.of("#x", Map.of("b", "a\\\n"), 1, TIME)))
        .startsWith("_x,b=a__ value=1.0 ");
    assertThat(LineProtocol.line(MeasuredPoint.of("m", Map.of("b", "\uD800x\u2028"), 1, TIME)))
        .startsWith("m,b=_x_ ");
  }

  @Test
  void whenAPointCannotBe_thenItIsRefused() {
    assertThatThrownBy(() -> LineProtocol.line(MeasuredPoint.of("m", Map.of(), Double.NaN, TIME)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("not finite");
    assertThatThrownBy(() -> MeasuredPoint.of("", Map.of(), 1, TIME))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> MeasuredPoint.of("m", Map.of(), 1, Instant.MAX))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new MeasuredPoint("m", Map.of(), Map.of(), TIME))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> MeasuredPoint.of("m", Map.of("k", "v".repeat(257)), 1, TIME))
        .isInstanceOf(QilinException.class);
  }

  @Property(tries = 100)
  void whenParsedBack_thenItIsTheSamePoint(@ForAll("points") MeasuredPoint point) {
    assertThat(parsed(LineProtocol.line(point))).isEqualTo(carried(point));
  }

  @Property(tries = 25)
  void whenABatchIsWritten_thenItHasAsManyLinesAsPoints(
      @ForAll("points") MeasuredPoint one, @ForAll("points") MeasuredPoint two) {
    List<String> lines = lines(LineProtocol.lines(List.of(one, two)));
    assertThat(lines).containsExactly(LineProtocol.line(one), LineProtocol.line(two));
  }

  @Provide
  Arbitrary<MeasuredPoint> points() {
    Arbitrary<String> odd = Arbitraries.strings()
        .withChars("ab=, \\\"#\n\r\t\u0000\u2028é龙\uD83D\uDE80\uD800_")
        .ofMaxLength(8);
    Arbitrary<String> names = odd.filter(text -> !text.isEmpty());
    Arbitrary<FieldValue> values = Arbitraries.oneOf(
        Arbitraries.doubles().map(FieldValue::of),
        Arbitraries.longs().map(FieldValue::of),
        Arbitraries.of(true, false).map(FieldValue::of),
        odd.map(FieldValue::of));
    Arbitrary<Instant> times = Arbitraries.longs()
        .between(-9_000_000_000L, 9_000_000_000L)
        .map(seconds -> Instant.ofEpochSecond(seconds, Math.floorMod(seconds * 31, 1_000_000_000)));
    return Combinators.combine(
            names,
            Arbitraries.maps(names, odd).ofMaxSize(4),
            Arbitraries.maps(names, values).ofMinSize(1).ofMaxSize(4),
            times)
        .as(MeasuredPoint::new)
        .filter(point -> carried(point).keys()
            == point.tags().size()
                + point.fields().size()
                - point.tags().values().stream().filter(String::isEmpty).count());
  }

  /** A point in plain texts. */
  private record Parsed(
      String name, Map<String, String> tags, Map<String, String> fields, long at) {
    long keys() {
      return (long) tags.size() + fields.size();
    }
  }

  /** What the protocol can carry of a point, by the words of LineProtocol. */
  private static Parsed carried(MeasuredPoint point) {
    Map<String, String> tags = new TreeMap<>();
    point.tags().forEach((key, value) -> {
      if (!value.isEmpty()) {
        tags.put(plain(key), plain(value));
      }
    });
    Map<String, String> fields = new TreeMap<>();
    point.fields().forEach((key, value) -> fields.put(plain(key), text(value)));
    String name = plain(point.name());
    return new Parsed(
        name.startsWith("#") ? "_" + name.substring(1) : name,
        tags,
        fields,
        point.time().getEpochSecond() * 1_000_000_000 + point.time().getNano());
  }

  private static String text(FieldValue value) {
    if (value instanceof FieldValue.Text text) {
      return "\"" + text.value().replaceAll("\\p{Cs}|\u0000", "_");
    }
    return value instanceof FieldValue.Decimal decimal
        ? Double.toString(decimal.value())
        : value instanceof FieldValue.Whole whole
            ? whole.value() + "i"
            : Boolean.toString(((FieldValue.Truth) value).value());
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cs}|[\\x00-\\x1f\\x7f-\\x9f\\\\\u2028\u2029]", "_");
  }

  /** As InfluxDB cuts lines: at line ends outside texts; a text begins by a quote between an equals sign and a comma. */
  private static List<String> lines(String all) {
    List<String> lines = new ArrayList<>();
    boolean fields = false;
    boolean quoted = false;
    int open = 0;
    int from = 0;
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"' && fields && open > 0) {
        quoted = !quoted;
      } else if (c == '\n' && !quoted) {
        lines.add(all.substring(from, i));
        from = i + 1;
        fields = false;
        open = 0;
      } else if (!quoted) {
        fields |= c == ' ';
        open += fields && c == '=' ? 1 : fields && c == ',' ? -1 : 0;
      }
    }
    return lines;
  }

  /** A plain reader of one line. */
  private static Parsed parsed(String line) {
    int[] at = {0};
    String name = until(line, at, ", ");
    Map<String, String> tags = new TreeMap<>();
    while (line.charAt(at[0]) == ',') {
      at[0]++;
      String key = until(line, at, "=");
      at[0]++;
      tags.put(key, until(line, at, ", "));
    }
    Map<String, String> fields = new TreeMap<>();
    do {
      at[0]++;
      String key = until(line, at, "=");
      at[0]++;
      fields.put(key, line.charAt(at[0]) == '"' ? quoted(line, at) : until(line, at, ", "));
    } while (line.charAt(at[0]) == ',');
    return new Parsed(name, tags, fields, Long.parseLong(line.substring(at[0] + 1)));
  }

  private static String until(String line, int[] at, String ends) {
    StringBuilder out = new StringBuilder();
    while (ends.indexOf(line.charAt(at[0])) < 0) {
      if (line.charAt(at[0]) == '\\') {
        at[0]++;
      }
      out.append(line.charAt(at[0]++));
    }
    return out.toString();
  }

  private static String quoted(String line, int[] at) {
    StringBuilder out = new StringBuilder("\"");
    at[0]++;
    while (line.charAt(at[0]) != '"') {
      if (line.charAt(at[0]) == '\\') {
        at[0]++;
      }
      out.append(line.charAt(at[0]++));
    }
    at[0]++;
    return out.toString();
  }
}
