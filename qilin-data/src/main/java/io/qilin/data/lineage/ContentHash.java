package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.PanelFingerprint;
import io.qilin.data.internal.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What something is, as a SHA-256 over its values in a stated order: equal values have equal hashes on every machine and
 * in every run, whatever file they were read from, and other values other hashes.
 *
 * <p>All {@code NaN} are one, 0 and −0 are two. A panel's hash covers its adjustment, so raw and backward-adjusted prices
 * of one market have different hashes. That is right: their numbers differ, and so does what may be computed from them.
 * That one was made from the other is said by a step of the {@link LineageGraph}, not by the hash.
 *
 * @param hex 64 lower-case hex digits
 */
public record ContentHash(String hex) implements Comparable<ContentHash> {
  private static final String PREFIX = "sha256:";
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT = 12;

  /**
   * Checks the form.
   *
   * @throws QilinException INVALID_ARGUMENT for another text
   */
  public ContentHash {
    if (!FORM.matcher(hex).matches()) {
      throw QilinException.invalid(
          "a SHA-256 is 64 lower-case hex digits, was " + QilinException.quote(hex));
    }
  }

  /**
   * Reads what {@link #toString()} prints, or the digits alone.
   *
   * @throws QilinException INVALID_ARGUMENT for another text
   */
  public static ContentHash parse(String text) {
    return new ContentHash(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
  }

  /** The hash of bytes as they are, which is what {@code sha256sum} prints. */
  public static ContentHash ofBytes(byte[] bytes) {
    return new ContentHash(new Sha256(Long.BYTES).raw(bytes, 0, bytes.length).hex());
  }

  /** The hash of a text's UTF-8 bytes. */
  public static ContentHash ofText(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The hash of a file's bytes, or of a folder: the paths and hashes of all files below it, sorted. Memory does not grow
   * with the size of the file.
   *
   * @throws QilinException DATA_NOT_FOUND; LIMIT_EXCEEDED for a folder of more than a million files; IO
   */
  public static ContentHash ofFile(Path file) {
    return FileHash.of(file);
  }

  /** The hash of a panel: that of {@link PanelFingerprint}, which backtests record too. */
  public static ContentHash of(Panel panel) {
    return new ContentHash(PanelFingerprint.of(panel));
  }

  /** The hash of a table of factors: names, instruments, days and all values. */
  public static ContentHash of(FactorTable table) {
    Sha256 sha = new Sha256();
    sha.add("factors").add(table.names().size());
    table.names().forEach(sha::add);
    sha.add(table.symbols().size());
    table.symbols().forEach(symbol -> sha.add(symbol.toString()));
    sha.add(table.days().size());
    double[] row = new double[table.symbols().size()];
    for (int day = 0; day < table.days().size(); day++) {
      sha.add(table.days().get(day).toEpochDay());
      for (int column = 0; column < table.names().size(); column++) {
        table.crossSection(column, day, row);
        for (double value : row) {
          sha.add(value);
        }
      }
    }
    return new ContentHash(sha.hex());
  }

  /** The hash of what codes stood for over time, by symbol, oldest status first. */
  public static ContentHash of(Map<Symbol, SecurityTimeline> securities) {
    Sha256 sha = new Sha256().add("securities").add(securities.size());
    new TreeMap<>(securities).forEach((symbol, timeline) -> {
      sha.add(symbol.toString()).add(timeline.statuses().size());
      for (SecurityStatus status : timeline.statuses()) {
        sha.add(status.from().toEpochDay())
            .add(status.board().name())
            .add(status.name())
            .add(status.riskWarning().name())
            .add((long) status.listDate().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE))
            .add(status.freeFloatShares().orElse(-1));
      }
    });
    return new ContentHash(sha.hex());
  }

  /** The first twelve digits, for people. */
  public String brief() {
    return hex.substring(0, SHORT);
  }

  @Override
  public int compareTo(ContentHash other) {
    return hex.compareTo(other.hex);
  }

  /** {@code sha256:} and the digits; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
