package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges a company by its reports (基本面): {@link io.qilin.api.record.FundamentalSnapshot} records as
 * they were announced up to the moment of decision, of each period the last announcement.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}: quality 0.35, growth 0.25, value 0.25, balance
 * 0.15. Each value is the percentile p of the raw value among the A-shares of the same industry that
 * traded that day, at least 5; where there are fewer, among all A-shares, flag {@code
 * NOT_INDUSTRY_NEUTRAL}. TTM is the sum of twelve months from cumulative figures.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th></tr>
 *   <tr><td>roe-ttm</td><td>0.15</td><td>net profit TTM / mean of the equity now and a year
 *       before</td><td>p; 0 if equity is not positive</td></tr>
 *   <tr><td>cash-conversion</td><td>0.10</td><td>operating cash flow TTM / net profit TTM</td><td>p;
 *       0 without profit</td></tr>
 *   <tr><td>gross-margin, audit-opinion</td><td>0.07, 0.03</td><td colspan="2">no record holds them:
 *       never known</td></tr>
 *   <tr><td>core-profit-growth</td><td>0.12</td><td>profit without what will not come again (扣非),
 *       year so far against the year before: difference over the mean magnitude</td><td>p</td></tr>
 *   <tr><td>revenue-growth</td><td>0.08</td><td>the same of revenue</td><td>p</td></tr>
 *   <tr><td>forecast</td><td>0.05</td><td colspan="2">no record holds it: never known</td></tr>
 *   <tr><td>earnings-yield</td><td>0.13</td><td>net profit TTM / (total shares × close), the
 *       reciprocal of PE, which orders losses rightly</td><td>p</td></tr>
 *   <tr><td>book-yield</td><td>0.12</td><td>equity / (total shares × close)</td><td>p</td></tr>
 *   <tr><td>leverage</td><td>0.05</td><td>debt / (debt + equity)</td><td>1 − p; 0 if equity is not
 *       positive</td></tr>
 *   <tr><td>goodwill</td><td>0.04</td><td>goodwill / equity</td><td>1 − p; 0 if equity is not
 *       positive</td></tr>
 *   <tr><td>pledge</td><td>0.04</td><td>pledged part of the shares</td><td>1 − p</td></tr>
 *   <tr><td>unlocks</td><td>0.02</td><td colspan="2">no record holds them: never known</td></tr>
 * </table>
 *
 * <p>Hence the coverage is at most 0.83, and without total shares, of which the value parts are
 * made, the analyst abstains. It also abstains without reports and where the last one is older than
 * nine months, flag {@code STALE}. Further flags: {@code RESTATED}, {@code CONTRADICTORY} (origins
 * differ by more than 1 %: the period is dropped), {@code NOT_CUMULATIVE} (revenue falls within a
 * year: no TTM, no growth), {@code UNITS_SUSPECT} (market value over equity above 1,000 or below
 * 0.01), {@code NEGATIVE_EQUITY}, {@code LOSS}, {@code HIGH_GOODWILL} and {@code HIGH_PLEDGE} (above
 * 0.5), {@code RISK_WARNING}.
 *
 * <p>{@link Preset#LEGACY}: qilin_stack hands PE, PB, ROE, revenue growth and profit growth to a
 * language model without a formula, and takes a financial score of 80 for a company that it knows
 * nothing of. The same five figures here in equal parts, as percentiles among all A-shares; a low
 * positive PE and PB is better, one that is not positive has the value 0; without data a part is
 * dropped.
 *
 * <p>Funds, and shares that did not trade on the day, are left out. Immutable; safe to share.
 */
public final class FundamentalsAnalyst implements ConfiguredAnalyst {
  /** {@code fundamentals}. */
  public static final String ID = "fundamentals";

  private final Preset preset;
  private final Industries industries;

  private FundamentalsAnalyst(Preset preset, Industries industries) {
    this.preset = preset;
    this.industries = industries;
  }

  /** The analyst with its standard formulas, without industries. */
  public FundamentalsAnalyst() {
    this(Preset.STANDARD, new Industries(Map.of(), null));
  }

  /** Starts with the standard formulas, without industries. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what the analyst reads. Not thread-safe. */
  public static final class Builder {
    private Preset preset = Preset.STANDARD;
    private Map<Symbol, String> table = Map.of();
    private @Nullable String prefix;

    private Builder() {}

    /** The formula sheet; standard unless set. */
    public Builder preset(Preset sheet) {
      preset = Objects.requireNonNull(sheet, "preset");
      return this;
    }

    /**
     * The industry of each share; empty unless set. It is taken for all days: use it for days on
     * which it held.
     */
    public Builder industries(Map<Symbol, String> industryOf) {
      table = Map.copyOf(industryOf);
      return this;
    }

    /**
     * Which themes of {@link io.qilin.api.record.ThemeMembership} are industries: those whose id
     * begins so. None unless set. A share of the table keeps its industry there; of several the
     * theme that became public last holds.
     *
     * @throws QilinException INVALID_ARGUMENT if it is empty
     */
    public Builder industryThemes(String idPrefix) {
      if (idPrefix.isEmpty()) {
        throw QilinException.invalid("the prefix of industries is empty; a theme is no industry");
      }
      prefix = idPrefix;
      return this;
    }

    /** The analyst. */
    public FundamentalsAnalyst build() {
      return new FundamentalsAnalyst(preset, new Industries(table, prefix));
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Fundamentals (基本面)";
  }

  @Override
  public Map<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("preset", preset.toString());
    industries.prefix().ifPresent(prefix -> settings.put("industry-themes", prefix));
    return settings;
  }

  @Override
  public Map<String, String> inputs(LocalDate day) {
    return industries.isTabled() ? Map.of("industries", industries.fingerprint()) : Map.of();
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    int[] shares = Arrays.stream(CrossSection.traded(snapshot))
        .filter(i -> CrossSection.group(snapshot.raw().symbols().get(i)) == 0)
        .toArray();
    List<FundamentalMeasures> measures = new ArrayList<>(shares.length);
    for (int i : shares) {
      measures.add(FundamentalMeasures.of(snapshot, i));
    }
    ScoreSheet.Row[] rows =
        preset == Preset.LEGACY ? legacy(measures) : standard(snapshot, shares, measures);
    Map<Symbol, Opinion> opinions = new LinkedHashMap<>();
    for (int k = 0; k < shares.length; k++) {
      Symbol symbol = snapshot.raw().symbols().get(shares[k]);
      opinions.put(symbol, rows[k].opinion(symbol));
    }
    return Collections.unmodifiableMap(opinions);
  }

  private ScoreSheet.Row[] standard(
      MarketSnapshot snapshot, int[] shares, List<FundamentalMeasures> measures) {
    List<Optional<String>> names = new ArrayList<>(shares.length);
    for (int i : shares) {
      names.add(industries.of(snapshot, snapshot.raw().symbols().get(i)));
    }
    Industries.Groups groups = new Industries.Groups(names);
    ScoreSheet.Row[] rows =
        measures.stream().map(FundamentalMeasures::row).toArray(ScoreSheet.Row[]::new);
    for (int part = 0; part < FundamentalMeasures.SHEET.parts().size(); part++) {
      double[] raw = column(rows, part);
      double[] percentiles = groups.percentiles(raw);
      for (int k = 0; k < rows.length; k++) {
        double value = FundamentalMeasures.lowIsBetter(part) ? 1 - percentiles[k] : percentiles[k];
        rows[k].set(part, raw[k], measures.get(k).worst(part) ? 0 : value);
      }
    }
    for (int k = 0; k < rows.length; k++) {
      if (!groups.neutral(k)) {
        rows[k].flag("NOT_INDUSTRY_NEUTRAL");
      }
    }
    return rows;
  }

  private static double[] column(ScoreSheet.Row[] rows, int part) {
    return Arrays.stream(rows).mapToDouble(row -> row.raw(part)).toArray();
  }

  private static ScoreSheet.Row[] legacy(List<FundamentalMeasures> measures) {
    ScoreSheet.Row[] rows =
        measures.stream().map(FundamentalMeasures::legacyRow).toArray(ScoreSheet.Row[]::new);
    for (int part = 0; part < FundamentalMeasures.LEGACY_SHEET.parts().size(); part++) {
      boolean multiple = part < 2;
      double[] raw = column(rows, part);
      double[] ranked =
          multiple ? Arrays.stream(raw).map(x -> x > 0 ? x : Double.NaN).toArray() : raw;
      double[] percentiles = CrossSection.percentiles(ranked, k -> true);
      for (int k = 0; k < rows.length; k++) {
        double value = multiple ? 1 - percentiles[k] : percentiles[k];
        rows[k].set(part, raw[k], multiple && raw[k] <= 0 ? 0 : value);
      }
    }
    return rows;
  }
}
