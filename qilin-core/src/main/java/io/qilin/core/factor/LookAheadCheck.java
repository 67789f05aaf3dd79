package io.qilin.core.factor;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.LookAheadReport.Difference;
import io.qilin.core.factor.LookAheadReport.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Proves by trial that nothing known only later enters a factor or an opinion: on random days the future is taken away,
 * then altered at random, and everything dated up to that day must come out the same, bit for bit.
 *
 * <p>It can show that the future is read, and cannot show that it is never read: take several cuts and seeds. The code
 * under test must be handed all its data; what it holds from elsewhere, such as a panel that it captured when it was made,
 * cannot be taken away. {@link #opinions} hands over the panel for that reason.
 *
 * <p>Immutable; as safe to share as the code under test.
 */
public final class LookAheadCheck {
  private final Judge judge;

  private LookAheadCheck(Judge judge) {
    this.judge = judge;
  }

  /** Compares a result with the true future to one with another future. */
  private interface Judge {
    /** What is computed from the whole panel; compared to what is computed from others. */
    Comparison from(Panel whole);
  }

  /** Compares with what the whole panel gave. */
  private interface Comparison {
    Found compare(Panel other, int cut, Future future);
  }

  /** How many values were compared, and the first difference. */
  private record Found(long compared, Optional<Difference> difference) {}

  /** Checks factors that an engine computes from expressions. */
  public static OfEngine of(FactorEngine engine) {
    return new OfEngine(Objects.requireNonNull(engine, "engine"));
  }

  /**
   * A check that is given the factors when it runs.
   *
   * @param engine who computes them
   */
  public record OfEngine(FactorEngine engine) {
    /**
     * Checks a set of factors.
     *
     * @param seed decides where to cut and how to alter
     * @param cuts how many cuts, at least 1; all days but the last if there are fewer
     * @throws QilinException INVALID_ARGUMENT for no cut or a panel of one day; otherwise as the engine
     */
    public LookAheadReport run(Panel panel, FactorSet set, long seed, int cuts) {
      engine.plan(set).check(panel);
      // What is listed after a cut is not in the panel that ends there.
      FactorPlan plan = engine.lenient().plan(set);
      return LookAheadCheck.of(plan::compute).run(panel, seed, cuts);
    }
  }

  /**
   * Checks any code that makes factors from a panel.
   *
   * @param factors the code; its table may hold some of the panel's days and instruments only
   */
  public static LookAheadCheck of(Function<Panel, FactorTable> factors) {
    Objects.requireNonNull(factors, "factors");
    return new LookAheadCheck(whole -> {
      FactorTable expected = factors.apply(whole);
      return (other, cut, future) -> {
        TableComparison tables =
            new TableComparison(expected, factors.apply(other), whole.days().get(cut), future);
        Optional<Difference> difference = tables.firstDifference(other.symbols());
        return new Found(tables.compared(), difference);
      };
    });
  }

  /**
   * Checks an analyst with the way in which its snapshots are made.
   *
   * @param snapshots makes the snapshot of a day; handed a panel that ends on the day or goes on after it
   */
  public static LookAheadCheck of(
      Analyst analyst, BiFunction<Panel, LocalDate, MarketSnapshot> snapshots) {
    Objects.requireNonNull(snapshots, "snapshots");
    return opinions(analyst.id(), (panel, day) -> analyst.analyze(snapshots.apply(panel, day)));
  }

  /**
   * Checks all the way from a panel to the opinions of a day, also for analysts that are made from data.
   *
   * @param subject what to call it in a report
   * @param opinions gives the opinions of the evening of a day; handed a panel that ends on the day or goes on after it
   */
  public static LookAheadCheck opinions(
      String subject, BiFunction<Panel, LocalDate, Map<Symbol, Opinion>> opinions) {
    return values(subject, "no opinion", opinions);
  }

  /**
   * Checks any code that says something of shares on a day, for example which orders to send.
   *
   * @param subject what to call it in a report
   * @param absent what to call it when nothing is said of a share
   * @param values what is said, comparable by {@code equals}; handed a panel that ends on the day or goes on after it
   */
  public static <T> LookAheadCheck values(
      String subject, String absent, BiFunction<Panel, LocalDate, Map<Symbol, T>> values) {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(absent, "absent");
    Objects.requireNonNull(values, "values");
    return new LookAheadCheck(whole -> (other, cut, future) -> {
      LocalDate day = whole.days().get(cut);
      Map<Symbol, T> expected = values.apply(whole, day);
      return compare(subject, absent, day, future, expected, values.apply(other, day));
    });
  }

  private static <T> Found compare(
      String subject,
      String absent,
      LocalDate day,
      Future future,
      Map<Symbol, T> expected,
      Map<Symbol, T> actual) {
    TreeSet<Symbol> symbols = new TreeSet<>(expected.keySet());
    symbols.addAll(actual.keySet());
    for (Symbol symbol : symbols) {
      Optional<T> a = Optional.ofNullable(expected.get(symbol));
      Optional<T> b = Optional.ofNullable(actual.get(symbol));
      if (!a.equals(b)) {
        String whole = a.map(Object::toString).orElse(absent);
        String other = b.map(Object::toString).orElse(absent);
        return new Found(
            symbols.size(),
            Optional.of(
                new Difference(subject, symbol.toString(), day, day, future, whole, other)));
      }
    }
    return new Found(symbols.size(), Optional.empty());
  }

  /**
   * Runs the check.
   *
   * @param panel the true market, two days or more
   * @param seed decides where to cut and how to alter
   * @param cuts how many cuts, at least 1; all days but the last if there are fewer
   * @throws QilinException INVALID_ARGUMENT for no cut or a panel of one day; otherwise what the code under test throws
   */
  public LookAheadReport run(Panel panel, long seed, int cuts) {
    int last = panel.days().size() - 1;
    if (cuts < 1 || last < 1) {
      throw QilinException.invalid("a check needs a cut and two days or more, got " + cuts
          + " cuts of " + panel.days().size() + " days");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> places = places(random, last, cuts);
    Comparison comparison = judge.from(panel);
    long compared = 0;
    Optional<Difference> difference = Optional.empty();
    for (int cut : places) {
      Panel absent = panel.until(panel.days().get(cut));
      Panel altered = OtherFuture.after(panel, cut, random.nextLong());
      for (Future future : Future.values()) {
        if (difference.isEmpty()) {
          Found found = comparison.compare(future == Future.ABSENT ? absent : altered, cut, future);
          compared += found.compared();
          difference = found.difference();
        }
      }
    }
    List<LocalDate> days = places.stream().map(panel.days()::get).toList();
    return new LookAheadReport(seed, days, compared, difference);
  }

  /** Some different days, ascending. */
  private static List<Integer> places(SplittableRandom random, int days, int wanted) {
    TreeMap<Long, Integer> shuffled = new TreeMap<>();
    for (int day = 0; day < days; day++) {
      shuffled.put((random.nextLong() & ~0xFFFF_FFFFL) | day, day);
    }
    List<Integer> places = new ArrayList<>(shuffled.values());
    return places.subList(0, Math.min(wanted, days)).stream().sorted().toList();
  }
}
