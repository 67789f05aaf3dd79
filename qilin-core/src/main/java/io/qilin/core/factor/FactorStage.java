package io.qilin.core.factor;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** One step of {@link FactorStages}: what it takes, and along what its data may be split. */
public sealed interface FactorStage {
  /** What each kind of stage is to be answered with. */
  <R> R fold(
      Function<? super TimeSeries, ? extends R> timeSeries,
      Function<? super CrossSectional, ? extends R> crossSectional);

  /**
   * Each instrument by itself: data may be split by instrument.
   *
   * @param plan without cross-sectional operators; its names are the columns that the stage makes, its fields those that
   *     it reads, results of earlier stages among them. A partition also needs all rows of the plan's
   *     {@link FactorPlan#instruments}, whose values it then makes beside its own.
   */
  record TimeSeries(FactorPlan plan) implements FactorStage {
    /** Checks that there is a plan. */
    public TimeSeries {
      Objects.requireNonNull(plan, "plan");
    }

    @Override
    public <R> R fold(
        Function<? super TimeSeries, ? extends R> timeSeries,
        Function<? super CrossSectional, ? extends R> crossSectional) {
      return timeSeries.apply(this);
    }
  }

  /**
   * Each day by itself, with all instruments that have a row on it: data may be split by day.
   *
   * @param operations at least one; none reads the result of another
   */
  record CrossSectional(List<CrossOperation> operations) implements FactorStage {
    /** Copies the list. */
    public CrossSectional {
      operations = List.copyOf(operations);
    }

    @Override
    public <R> R fold(
        Function<? super TimeSeries, ? extends R> timeSeries,
        Function<? super CrossSectional, ? extends R> crossSectional) {
      return crossSectional.apply(this);
    }
  }
}
