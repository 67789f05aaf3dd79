package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which runs to find, in which order, and how many at a time.
 *
 * @param experiments ids, 1 to 100 distinct ones
 * @param conditions all of which must hold, at most 20
 * @param view whether runs that are put away are found
 * @param order by what they are sorted; of equal ones that which was registered first counts as less
 * @param size how many runs a page holds, 1 to {@link Page#MOST}
 * @param after the {@link Page#next} of the page before, of the same query; empty for the first
 */
public record RunQuery(
    List<String> experiments,
    List<RunCondition> conditions,
    View view,
    RunOrder order,
    int size,
    Optional<String> after) {
  private static final int MOST_EXPERIMENTS = 100;
  private static final int MOST_CONDITIONS = 20;

  /** Whether what is put away is found. */
  public enum View {
    /** What is not put away. */
    ACTIVE,
    /** What is put away. */
    DELETED
  }

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT naming the fault
   */
  public RunQuery {
    experiments = experiments.stream().distinct().toList();
    conditions = List.copyOf(conditions);
    if (experiments.isEmpty() || experiments.size() > MOST_EXPERIMENTS) {
      throw QilinException.invalid("a query looks into 1 to " + MOST_EXPERIMENTS
          + " experiments, not " + experiments.size());
    }
    if (conditions.size() > MOST_CONDITIONS) {
      throw QilinException.invalid(
          "a query has at most " + MOST_CONDITIONS + " conditions, not " + conditions.size());
    }
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(order, "order");
    Page.requireSize(size);
    Objects.requireNonNull(after, "after");
  }

  /** Looks for the runs of an experiment. */
  public static Builder in(String experiment) {
    return new Builder(List.of(experiment));
  }

  /** Looks for the runs of experiments. */
  public static Builder in(List<String> experiments) {
    return new Builder(experiments);
  }

  /** The same query for the page after one that it gave. */
  public RunQuery after(String next) {
    return new RunQuery(experiments, conditions, view, order, size, Optional.of(next));
  }

  /** What may be asked. Not thread-safe. */
  public static final class Builder {
    private final List<String> experiments;
    private final List<RunCondition> conditions = new ArrayList<>();
    private View view = View.ACTIVE;
    private RunOrder order = RunOrder.NEWEST;
    private int size = 100;

    private Builder(List<String> experiments) {
      this.experiments = List.copyOf(experiments);
    }

    /** Adds a condition. */
    public Builder where(RunCondition condition) {
      conditions.add(Objects.requireNonNull(condition, "condition"));
      return this;
    }

    /** Which are found; those that are not put away unless set. */
    public Builder view(View which) {
      view = which;
      return this;
    }

    /** By what they are sorted; the newest first unless set. */
    public Builder order(RunOrder by) {
      order = by;
      return this;
    }

    /** How many runs a page holds; 100 unless set. */
    public Builder size(int runs) {
      size = runs;
      return this;
    }

    /**
     * The query for the first page.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public RunQuery build() {
      return new RunQuery(experiments, conditions, view, order, size, Optional.empty());
    }
  }
}
