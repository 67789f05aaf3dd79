package io.qilin.core.internal.row;

import io.qilin.core.internal.plan.HolePatterns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a program is put together from while a graph is bound: kernels stage by stage, rows, and what several calculations
 * share. Which windows a chain has is known only at the end, so it is asked for its kernels and rows then.
 */
final class Assembly {
  private final List<List<Supplier<List<Kernel>>>> stages = new ArrayList<>();
  private final List<List<CrossPort>> ports = new ArrayList<>();
  private final List<Supplier<List<Rows>>> rings = new ArrayList<>();
  private final List<LongRows> longRings = new ArrayList<>();
  private final List<Counts> counts = new ArrayList<>();
  private final HolePatterns patterns;
  /** The first counts of each stage and pattern of holes. */
  private final Map<String, Counts> lenders = new HashMap<>();

  private final List<Loan> loans = new ArrayList<>();
  private final Map<String, Object> shared = new HashMap<>();
  private final List<Supplier<String>> chains = new ArrayList<>();

  /** Nothing yet. */
  Assembly(HolePatterns patterns) {
    this.patterns = patterns;
  }

  /** Rows that another ring borrows, so many ticks later. */
  private record Loan(Rows lender, int ticks, Rows borrower) {}

  private List<Supplier<List<Kernel>>> stage(int number) {
    while (stages.size() <= number) {
      stages.add(new ArrayList<>());
      ports.add(new ArrayList<>());
    }
    return stages.get(number);
  }

  /** Adds a kernel behind those that its stage has. */
  void add(int stage, Kernel kernel) {
    List<Kernel> one = List.of(kernel);
    stage(stage).add(() -> one);
  }

  /** Adds a kernel with rows of its own. */
  void add(int stage, Supplier<List<Rows>> rows, Kernel kernel) {
    rings.add(rows);
    add(stage, kernel);
  }

  /** Adds what has several kernels and rows. */
  void add(int stage, Supplier<List<Rows>> rows, Supplier<List<Kernel>> kernels) {
    rings.add(rows);
    stage(stage).add(kernels);
  }

  /** Has instruments meet after a stage. */
  void add(int stage, CrossPort port) {
    stage(stage + 1);
    ports.get(stage).add(port);
  }

  /** Rows for one quantity. */
  Rows ring(double initial) {
    Rows rows = Rows.of(initial);
    rings.add(() -> List.of(rows));
    return rows;
  }

  void keep(LongRows rows) {
    longRings.add(rows);
  }

  /** Notes that rows are borrowed, so many ticks later; rows that borrow and lend are noted as borrowers first. */
  void lend(Rows lender, int ticks, Rows borrower) {
    loans.add(new Loan(lender, ticks, borrower));
  }

  /** What has one name is made once. */
  @SuppressWarnings("unchecked")
  <T> T once(String name, Supplier<T> maker) {
    Object made = shared.get(name);
    if (made == null) {
      made = maker.get();
      shared.put(name, made);
    }
    return (T) made;
  }

  /** Notes what serves several windows, for {@link RowProgram#shared}. */
  void note(Supplier<String> what, Supplier<Set<Integer>> windows) {
    chains.add(() -> what.get() + " over " + new TreeSet<>(windows.get()));
  }

  /** Which values of a term are valid. */
  Validity validity(int id, Value x, int stage) {
    return once("validity " + id + "@" + x.delay(), () -> {
      Validity validity = Validity.of(x);
      add(stage, validity);
      return validity;
    });
  }

  /**
   * How many are.
   *
   * @param terms one or two; both are valid where the pair is
   */
  Counts counts(String name, Validity validity, int stage, int delay, int... terms) {
    return once("counts " + name, () -> {
      String holes = patterns.of(terms) + " @" + delay;
      Counts lender = null;
      for (int before = 0; before <= stage && lender == null; before++) {
        lender = lenders.get(before + " " + holes);
      }
      Counts made = new Counts(validity, lender);
      if (lender == null) {
        lenders.put(stage + " " + holes, made);
      }
      counts.add(made);
      add(stage, made);
      return made;
    });
  }

  /** The values with something else where they are not valid. */
  Rows filled(String name, Value x, Validity validity, double filling, int stage) {
    return once("filled " + filling + " " + name, () -> {
      Rows out = ring(Double.isNaN(filling) ? 0 : filling);
      out.keep(Double.isNaN(filling) ? 1 : 0);
      add(stage, new Filled(x, validity, filling, out));
      lend(x.rows(), 0, out);
      return out;
    });
  }

  /** Sums over windows; its kernels are to be added. */
  MomentChain moments(String name, Value x, Counts count, int stage) {
    return new MomentChain(count, filled(name, x, count.validity(), Double.NaN, stage));
  }

  /** All kernels by stage; the first stage begins with the given ones. */
  Kernel[][] kernels(Collection<? extends Kernel> first) {
    stage(0);
    Kernel[][] kernels = new Kernel[stages.size()][];
    for (int stage = 0; stage < kernels.length; stage++) {
      List<Kernel> list = new ArrayList<>(stage == 0 ? first : List.of());
      stages.get(stage).forEach(part -> list.addAll(part.get()));
      kernels[stage] = list.toArray(new Kernel[0]);
    }
    return kernels;
  }

  /** All rows, each kept as long as anybody reads it; to be called after {@link #kernels}. */
  List<Rows> rows() {
    Counts.share(counts);
    for (int i = loans.size() - 1; i >= 0; i--) {
      Loan loan = loans.get(i);
      loan.lender().keep(loan.ticks() + loan.borrower().lag());
    }
    for (Loan loan : loans) {
      loan.borrower().keep(loan.lender().lag() - loan.ticks());
    }
    List<Rows> rows = new ArrayList<>();
    rings.forEach(ring -> rows.addAll(ring.get()));
    counts.forEach(count -> rows.addAll(count.rows()));
    return rows;
  }

  List<LongRows> longRows() {
    return longRings;
  }

  List<List<CrossPort>> ports() {
    return ports;
  }

  /** What was noted, made into text when it is asked for. */
  List<Supplier<String>> notes() {
    return chains;
  }
}
