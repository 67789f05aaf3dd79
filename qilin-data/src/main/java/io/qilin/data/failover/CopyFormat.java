package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.api.source.Records;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A kept answer as bytes, all numbers big-endian: the magic number with the version, the key, the member, the two moments,
 * the kind of answer, the answer, and the CRC-32C of all that. A text is its length in UTF-8 bytes and the bytes; a
 * number that is not there is told by a zero byte before it.
 */
final class CopyFormat {
  /** "QLC" and the version. */
  private static final int MAGIC = 0x514C4303;

  private static final byte BARS = 1;
  private static final byte SECURITIES = 2;
  private static final byte RECORDS = 3;
  private static final int CHECKSUM_BYTES = 4;

  private CopyFormat() {}

  /** Whether an answer can be written. */
  static boolean knows(Object value) {
    return value instanceof Bars || value instanceof Map<?, ?> || value instanceof Records<?>;
  }

  /** Writes an answer that {@link #knows} accepts. */
  static void write(String key, Kept<?> kept, OutputStream to) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    text(out, key);
    text(out, kept.member());
    moment(out, kept.retrievedAt());
    moment(out, kept.knownAt());
    if (kept.value() instanceof Bars bars) {
      out.writeByte(BARS);
      bars(out, bars);
    } else if (kept.value() instanceof Records<?> records) {
      out.writeByte(RECORDS);
      RecordCopy.write(out, records);
    } else {
      out.writeByte(SECURITIES);
      securities(out, (Map<?, ?>) kept.value());
    }
    out.flush();
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  private static void moment(DataOutputStream out, Instant moment) throws IOException {
    out.writeLong(moment.getEpochSecond());
    out.writeInt(moment.getNano());
  }

  private static void bars(DataOutputStream out, Bars bars) throws IOException {
    provenance(out, bars.provenance());
    out.writeLong(bars.rowsRead());
    findings(out, bars.findings());
    Panel panel = bars.panel();
    text(out, panel.adjustment().name());
    out.writeInt(panel.days().size());
    for (LocalDate day : panel.days()) {
      out.writeLong(day.toEpochDay());
    }
    out.writeInt(panel.fields().size());
    for (Field field : panel.fields()) {
      text(out, field.name());
    }
    out.writeInt(panel.symbols().size());
    for (int i = 0; i < panel.symbols().size(); i++) {
      text(out, panel.symbols().get(i).toString());
      out.writeInt(panel.firstRow(i));
      out.writeInt(panel.endRow(i) - panel.firstRow(i));
      for (Field field : panel.fields()) {
        for (double value : panel.values(field, i)) {
          out.writeLong(Double.doubleToRawLongBits(value));
        }
      }
    }
  }

  static void provenance(DataOutputStream out, Provenance provenance) throws IOException {
    text(out, provenance.provider());
    text(out, provenance.origin());
    out.writeBoolean(provenance.synthetic());
  }

  static void findings(DataOutputStream out, List<QualityFinding> findings) throws IOException {
    out.writeInt(findings.size());
    for (QualityFinding finding : findings) {
      finding(out, finding);
    }
  }

  private static void finding(DataOutputStream out, QualityFinding finding) throws IOException {
    text(out, finding.rule());
    text(out, finding.dimension().name());
    text(out, finding.severity().name());
    text(out, finding.symbol().map(Symbol::toString).orElse(""));
    number(out, finding.day().map(LocalDate::toEpochDay));
    text(out, finding.field().map(Field::name).orElse(""));
    out.writeDouble(finding.value());
    text(out, finding.message());
  }

  private static void securities(DataOutputStream out, Map<?, ?> timelines) throws IOException {
    out.writeInt(timelines.size());
    for (Object each : timelines.values()) {
      SecurityTimeline timeline = (SecurityTimeline) each;
      text(out, timeline.symbol().toString());
      out.writeInt(timeline.statuses().size());
      for (SecurityStatus status : timeline.statuses()) {
        out.writeLong(status.from().toEpochDay());
        text(out, status.board().name());
        text(out, status.name());
        text(out, status.riskWarning().name());
        number(out, status.listDate().map(LocalDate::toEpochDay));
        number(out, status.delistDate().map(LocalDate::toEpochDay));
        shares(out, status.totalShares());
        shares(out, status.floatShares());
        shares(out, status.freeFloatShares());
      }
    }
  }

  private static void shares(DataOutputStream out, OptionalLong shares) throws IOException {
    number(out, shares.isPresent() ? Optional.of(shares.getAsLong()) : Optional.empty());
  }

  static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void number(DataOutputStream out, Optional<Long> number) throws IOException {
    out.writeBoolean(number.isPresent());
    if (number.isPresent()) {
      out.writeLong(number.get());
    }
  }

  /**
   * Reads an answer back. The checksum is compared first, so that nothing of a damaged file is used.
   *
   * @throws QilinException DATA_FORMAT if the bytes are no whole copy, or one of another key
   */
  static Kept<Object> read(byte[] bytes, String key) {
    if (bytes.length < CHECKSUM_BYTES * 2) {
      throw bad("it has " + bytes.length + " bytes only");
    }
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
    CopyInput tail = new CopyInput(bytes, bytes.length - CHECKSUM_BYTES, bytes.length);
    if (tail.whole() != (int) sum.getValue()) {
      throw bad("its checksum does not agree with its content");
    }
    CopyInput in = new CopyInput(bytes, 0, bytes.length - CHECKSUM_BYTES);
    int magic = in.whole();
    if (magic != MAGIC) {
      throw bad("it begins with " + Integer.toHexString(magic) + ", not with "
          + Integer.toHexString(MAGIC) + "; perhaps another version wrote it");
    }
    if (!in.text().equals(key)) {
      throw bad("it was written for another query");
    }
    String member = in.text();
    Instant retrieved = in.moment();
    Instant known = in.moment();
    byte kind = in.octet();
    Object value = switch (kind) {
      case BARS -> bars(in);
      case SECURITIES -> securities(in);
      case RECORDS -> RecordCopy.read(in);
      default -> throw bad("it holds an unknown kind of answer, " + kind);
    };
    if (in.left() != 0) {
      throw bad(in.left() + " bytes follow its end");
    }
    return new Kept<>(value, member, retrieved, known);
  }

  private static Bars bars(CopyInput in) {
    Provenance provenance = provenance(in);
    long rows = in.number();
    List<QualityFinding> findings = findings(in);
    Adjustment adjustment = in.constant(Adjustment.class);
    List<LocalDate> days = new ArrayList<>();
    for (int left = in.count(Long.BYTES); left > 0; left--) {
      days.add(in.day());
    }
    List<Field> fields = new ArrayList<>();
    for (int left = in.count(4); left > 0; left--) {
      fields.add(Field.of(in.text()));
    }
    Panel.Builder builder = Panel.builder(days, adjustment);
    for (int left = in.count(8); left > 0; left--) {
      Symbol symbol = Symbol.parse(in.text());
      int from = in.whole();
      int length = in.count(Long.BYTES);
      for (Field field : fields) {
        builder.column(symbol, field, from, in.doubles(length));
      }
    }
    return new Bars(builder.build(), provenance, rows, findings);
  }

  static Provenance provenance(CopyInput in) {
    return new Provenance(in.text(), in.text(), in.flag());
  }

  static List<QualityFinding> findings(CopyInput in) {
    List<QualityFinding> findings = new ArrayList<>();
    for (int left = in.count(8); left > 0; left--) {
      findings.add(finding(in));
    }
    return findings;
  }

  private static QualityFinding finding(CopyInput in) {
    String rule = in.text();
    QualityDimension dimension = in.constant(QualityDimension.class);
    QualitySeverity severity = in.constant(QualitySeverity.class);
    Optional<Symbol> symbol =
        Optional.of(in.text()).filter(text -> !text.isEmpty()).map(Symbol::parse);
    Optional<LocalDate> day = in.flag() ? Optional.of(in.day()) : Optional.empty();
    Optional<Field> field =
        Optional.of(in.text()).filter(text -> !text.isEmpty()).map(Field::of);
    double value = Double.longBitsToDouble(in.number());
    return new QualityFinding(rule, dimension, severity, symbol, day, field, value, in.text());
  }

  private static Map<Symbol, SecurityTimeline> securities(CopyInput in) {
    Map<Symbol, SecurityTimeline> timelines = new TreeMap<>();
    for (int left = in.count(8); left > 0; left--) {
      Symbol symbol = Symbol.parse(in.text());
      List<SecurityStatus> statuses = new ArrayList<>();
      for (int more = in.count(8); more > 0; more--) {
        LocalDate from = in.day();
        Board board = in.constant(Board.class);
        String name = in.text();
        RiskWarning warning = in.constant(RiskWarning.class);
        Optional<LocalDate> listed = in.flag() ? Optional.of(in.day()) : Optional.empty();
        Optional<LocalDate> delisted = in.flag() ? Optional.of(in.day()) : Optional.empty();
        statuses.add(new SecurityStatus(
            symbol,
            from,
            board,
            name,
            warning,
            listed,
            delisted,
            shares(in),
            shares(in),
            shares(in)));
      }
      timelines.put(symbol, SecurityTimeline.of(statuses));
    }
    return timelines;
  }

  private static OptionalLong shares(CopyInput in) {
    return in.flag() ? OptionalLong.of(in.number()) : OptionalLong.empty();
  }

  static QilinException bad(String what) {
    return new QilinException(ErrorCode.DATA_FORMAT, "the copy is damaged: " + what);
  }
}
