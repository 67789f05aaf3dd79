package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitCase;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts rows whose prices the rule book of the market does not allow. */
abstract class MarketTally extends RowTally {
  /** A cent written in binary is this close to a whole number of ticks. */
  private static final double ROUNDING = 1e-6;

  /** More days than any table should have; then rules are looked up anew. */
  private static final int MOST_RULES = 1 << 18;

  private final JudgeOptions options;
  private final int instrument;
  private final int day;
  private final Map<Rules, Optional<BoardRules>> rules = new HashMap<>();
  private List<String> words = List.of();
  private Listed[] listings = new Listed[0];

  private MarketTally(
      TableRule rule, String instrument, String day, TableSchema schema, JudgeOptions options) {
    super(rule);
    this.options = options;
    this.instrument = Columns.text(schema, instrument);
    this.day = Columns.time(schema, day);
  }

  static MarketTally of(
      TableRule rule, TableCheck.PriceLimits check, TableSchema schema, JudgeOptions options) {
    return new Limits(rule, check, schema, options);
  }

  static MarketTally of(
      TableRule rule, TableCheck.TickMultiple check, TableSchema schema, JudgeOptions options) {
    return new Ticks(rule, check, schema, options);
  }

  /** What is known of an instrument. */
  private record Listed(@Nullable Board board, @Nullable SecurityTimeline timeline) {}

  private record Rules(long day, Board board, RiskWarning warning, LimitCase limitCase) {}

  /** What is wrong with a row, or null if nothing is or it cannot be judged. */
  abstract @Nullable String wrong(Block block, int row);

  /** Whether a row can be judged. */
  abstract boolean applies(Block block, int row);

  @Override
  final long count(Block block) {
    int found = 0;
    int known = 0;
    for (int row = 0; row < block.size(); row++) {
      if (applies(block, row)) {
        known++;
        found += wrong(block, row) == null ? 0 : 1;
      }
    }
    judged += known;
    return found;
  }

  @Override
  final boolean isBad(Block block, int row) {
    return applies(block, row) && wrong(block, row) != null;
  }

  @Override
  final void name(Block block, int row) {
    String message = wrong(block, row);
    if (message != null) {
      findings.add(block, row, "", Double.NaN, message);
    }
  }

  private @Nullable Listed listed(Block block, int row) {
    TextColumn texts = (TextColumn) block.column(instrument);
    if (texts.words() != words) {
      words = texts.words();
      listings = words.stream().map(this::listed).toArray(Listed[]::new);
    }
    int code = texts.code(block.at(row));
    return code == TextColumn.UNKNOWN ? null : listings[code];
  }

  private Listed listed(String word) {
    Symbol symbol;
    try {
      symbol = Symbol.parseAny(word);
    } catch (QilinException noSymbol) {
      return new Listed(null, null); // other rules say that it is none
    }
    return new Listed(
        MarketRuleBook.boardOf(symbol).orElse(null), options.securities().get(symbol));
  }

  private long day(Block block, int row) {
    int at = block.at(row);
    return block.column(day) instanceof IntColumn days
        ? days.value(at)
        : Moments.day(block.column(day).type(), ((LongColumn) block.column(day)).value(at));
  }

  private Optional<BoardRules> rules(Rules wanted) {
    if (rules.size() > MOST_RULES) {
      rules.clear();
    }
    return rules.computeIfAbsent(wanted, key -> {
      LocalDate date = LocalDate.ofEpochDay(key.day());
      if (date.isBefore(options.ruleBook().firstDay())) {
        return Optional.empty();
      }
      LimitCase widest =
          key.limitCase() == LimitCase.ORDINARY ? LimitCase.GROWTH_FUND : key.limitCase();
      return options.ruleBook().at(date).findOrOrdinary(key.board(), key.warning(), widest);
    });
  }

  /** The rules of a row, if the instrument, its board and the day are known. */
  final Optional<Found> find(Block block, int row) {
    Listed listed = block.isKnown(day, row) ? listed(block, row) : null;
    if (listed == null) {
      return Optional.empty();
    }
    long date = day(block, row);
    SecurityStatus status = listed.timeline() == null
        ? null
        : listed.timeline().on(LocalDate.ofEpochDay(date)).orElse(null);
    Board board = status == null ? listed.board() : status.board();
    if (board == null) {
      return Optional.empty();
    }
    RiskWarning warning = status == null ? RiskWarning.NONE : status.riskWarning();
    LimitCase limitCase = status == null ? LimitCase.ORDINARY : LimitCase.of(status);
    return rules(new Rules(date, board, warning, limitCase))
        .map(found -> new Found(found, status, date));
  }

  /** Rules of a row and what is known of its security. */
  record Found(BoardRules rules, @Nullable SecurityStatus status, long date) {}

  private static final class Limits extends MarketTally {
    private static final int FIRST_DAYS_OVER = 31;
    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 1e6;

    private final JudgeOptions options;
    private final int reference;
    private final int high;
    private final int low;

    Limits(TableRule rule, TableCheck.PriceLimits check, TableSchema schema, JudgeOptions options) {
      super(rule, check.instrument(), check.day(), schema, options);
      this.options = options;
      this.reference = Columns.number(schema, check.reference());
      this.high = Columns.number(schema, check.high());
      this.low = Columns.number(schema, check.low());
    }

    @Override
    boolean applies(Block block, int row) {
      double price = block.numbers(reference)[row];
      return price >= LOWEST
          && price <= HIGHEST
          && !Double.isNaN(block.numbers(high)[row])
          && !Double.isNaN(block.numbers(low)[row])
          && limits(block, row).isPresent();
    }

    private Optional<PriceLimits> limits(Block block, int row) {
      return find(block, row).flatMap(found -> {
        SecurityStatus status = found.status();
        if (status != null && status.riskWarning() == RiskWarning.DELISTING) {
          return Optional.empty();
        }
        return listingDay(found)
            .flatMap(day -> found.rules().limits(block.numbers(reference)[row], day));
      });
    }

    /** The trading day of the listing, 0 long after it; empty if it may be one without limit and nobody knows. */
    private Optional<Integer> listingDay(Found found) {
      LocalDate listed =
          found.status() == null ? null : found.status().listDate().orElse(null);
      LocalDate today = LocalDate.ofEpochDay(found.date());
      if (listed == null || listed.plusDays(FIRST_DAYS_OVER).isBefore(today)) {
        return Optional.of(0);
      }
      return options
          .calendar()
          .filter(known -> !listed.isAfter(today)
              && !listed.isBefore(known.knownFrom())
              && !today.isAfter(known.knownUntil()))
          .map(known -> known.count(listed, today));
    }

    @Override
    @Nullable
    String wrong(Block block, int row) {
      double top = block.numbers(high)[row];
      double bottom = block.numbers(low)[row];
      PriceLimits limits = limits(block, row).orElse(null);
      if (limits == null) {
        return null;
      }
      String of = " of reference price " + block.numbers(reference)[row];
      if (top > limits.up() + 0.0001) {
        return "high " + top + " is above limit-up " + limits.up() + of;
      }
      return bottom < limits.down() - 0.0001
          ? "low " + bottom + " is below limit-down " + limits.down() + of
          : null;
    }
  }

  private static final class Ticks extends MarketTally {
    private final String name;
    private final int price;

    Ticks(TableRule rule, TableCheck.TickMultiple check, TableSchema schema, JudgeOptions options) {
      super(rule, check.instrument(), check.day(), schema, options);
      this.name = check.price();
      this.price = Columns.number(schema, name);
    }

    @Override
    boolean applies(Block block, int row) {
      return !Double.isNaN(block.numbers(price)[row]) && find(block, row).isPresent();
    }

    @Override
    @Nullable
    String wrong(Block block, int row) {
      double yuan = block.numbers(price)[row];
      double mills =
          find(block, row).map(found -> (double) found.rules().tickMills()).orElse(1.0);
      double ticks = yuan * 1000 / mills;
      boolean whole =
          Math.abs(ticks - Math.rint(ticks)) <= ROUNDING * Math.max(1, Math.abs(ticks) * ROUNDING);
      return whole ? null : name + " " + yuan + " is no multiple of the tick of " + mills / 1000;
    }
  }
}
