package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What all factors of one day share: outcomes in order and ranked, spans, groups, and what could be bought. Filled anew for
 * each day, then read by several threads.
 */
final class StudyDay {
  /** {@link DropReason} by its ordinal; this is none. */
  static final byte NOT_DROPPED = -1;

  final int instruments;
  final Outcome[] outcomes;
  /** Why the instrument does not count even if its factor is known. */
  final byte[] drops;
  /** Whether the day lies in the instrument's span. */
  final boolean[] inSpan;

  final boolean[] buyable;
  /** Number of the instrument's group; −1 where it has none. */
  final int[] groups;

  /** How many groups have been seen so far. */
  int groupCount;

  /** Instruments whose span holds the day. */
  int listed;

  private final List<Symbol> symbols;
  private final StudySettings settings;
  private final CrossOrder sorting;
  private final Map<String, Integer> groupNumbers = new HashMap<>();
  private final int[] barPlaces;

  /** The outcomes of one horizon. */
  static final class Outcome {
    final double[] values;
    final boolean[] known;
    final int[] order;
    final boolean[] tied;
    /** Centred ranks, 0 where not known. */
    final int[] ranks;

    int count;
    long squares;
    /** Whether the same instruments are known as in the horizon before. */
    boolean knownAsBefore;

    private Outcome(int instruments) {
      values = new double[instruments];
      known = new boolean[instruments];
      order = new int[instruments];
      tied = new boolean[instruments];
      ranks = new int[instruments];
    }

    private void set(double[] outcomes, CrossOrder sorting) {
      System.arraycopy(outcomes, 0, values, 0, values.length);
      for (int i = 0; i < values.length; i++) {
        known[i] = Double.isFinite(values[i]);
      }
      count = sorting.sort(values, order, tied);
      Arrays.fill(ranks, 0);
      squares = CentredRanks.of(order, tied, count, known, count, ranks);
    }

    /** Mean of all that are known. */
    double mean() {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += known[i] ? values[i] : 0;
      }
      return count == 0 ? Double.NaN : sum / count;
    }
  }

  StudyDay(List<Symbol> symbols, StudySettings settings) {
    this.symbols = symbols;
    this.settings = settings;
    instruments = symbols.size();
    List<Outcome> list = new ArrayList<>();
    settings.horizons().forEach(horizon -> list.add(new Outcome(instruments)));
    outcomes = list.toArray(Outcome[]::new);
    drops = new byte[instruments];
    inSpan = new boolean[instruments];
    buyable = new boolean[instruments];
    groups = new int[instruments];
    sorting = new CrossOrder(instruments);
    barPlaces = symbols.stream()
        .mapToInt(symbol -> settings.bars().flatMap(bars -> bars.find(symbol)).orElse(-1))
        .toArray();
  }

  /** Takes the outcomes of a day: horizon by instrument. */
  void set(LocalDate day, double[][] labels) {
    for (int h = 0; h < outcomes.length; h++) {
      outcomes[h].set(labels[h], sorting);
      outcomes[h].knownAsBefore = h > 0 && Arrays.equals(outcomes[h].known, outcomes[h - 1].known);
    }
    findSpans(day);
    findBuyable(day);
    findGroups(day);
    double[] outcome = outcomes[0].values;
    for (int i = 0; i < instruments; i++) {
      drops[i] = drop(outcome[i], buyable[i]);
    }
  }

  @SuppressWarnings("EnumOrdinal") // places in arrays that live no longer than the study
  private static byte drop(double outcome, boolean buyable) {
    if (Double.isNaN(outcome)) {
      return (byte) DropReason.LABEL_MISSING.ordinal();
    }
    if (Double.isInfinite(outcome)) {
      return (byte) DropReason.INFINITE.ordinal();
    }
    return buyable ? NOT_DROPPED : (byte) DropReason.NOT_BUYABLE.ordinal();
  }

  private void findSpans(LocalDate day) {
    Arrays.fill(inSpan, true);
    listed = instruments;
    if (settings.bars().isPresent()) {
      Panel bars = settings.bars().get();
      int at = DayPlaces.of(bars, day);
      listed = 0;
      for (int i = 0; i < instruments; i++) {
        int place = barPlaces[i];
        inSpan[i] = place >= 0 && at >= bars.firstRow(place) && at < bars.endRow(place);
        listed += inSpan[i] ? 1 : 0;
      }
    }
  }

  private void findBuyable(LocalDate day) {
    Arrays.fill(buyable, true);
    settings.tradability().ifPresent(known -> {
      for (int i = 0; i < instruments; i++) {
        buyable[i] = inSpan[i] && isBuyable(known, symbols.get(i), day);
      }
    });
  }

  private void findGroups(LocalDate day) {
    settings.grouping().ifPresent(known -> {
      for (int i = 0; i < instruments; i++) {
        groups[i] = group(known, symbols.get(i), day)
            .map(name -> groupNumbers.computeIfAbsent(name, n -> groupNumbers.size()))
            .orElse(-1);
      }
      groupCount = groupNumbers.size();
    });
  }

  private static boolean isBuyable(Tradability known, Symbol symbol, LocalDate day) {
    try {
      return known.buyable(symbol, day);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("tradability", known, symbol, day, e);
    }
  }

  private static Optional<String> group(Grouping known, Symbol symbol, LocalDate day) {
    try {
      return Objects.requireNonNull(known.group(symbol, day), "group is null, not empty");
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("grouping", known, symbol, day, e);
    }
  }

  private static QilinException failed(
      String what, Object known, Symbol symbol, LocalDate day, RuntimeException e) {
    return new QilinException(
        ErrorCode.PROVIDER,
        "the " + what + " of class " + known.getClass().getName() + " failed for " + symbol + " on "
            + day + ": " + QilinException.quote(e.toString()) + "; mend it",
        e);
  }
}
