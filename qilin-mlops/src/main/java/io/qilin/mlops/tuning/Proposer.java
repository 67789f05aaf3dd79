package io.qilin.mlops.tuning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;

/** Finds the values of a trial. What it finds hangs on the study's seed, the trial's number and the trials given, on nothing else. */
final class Proposer {
  private final SearchSpace space;
  private final StudySettings settings;

  Proposer(SearchSpace space, StudySettings settings) {
    this.space = space;
    this.settings = settings;
  }

  /**
   * The values of a trial.
   *
   * @param before the trials of earlier batches
   * @param beside those of the same batch with smaller numbers
   */
  TrialValues propose(int number, Collection<StoredTrial> before, Collection<StoredTrial> beside) {
    SplittableRandom random = Seeds.ofValues(settings.seed(), number);
    long known = before.stream().filter(StoredTrial::says).count();
    if (settings.sampler() instanceof Sampler.Tpe tpe && known >= tpe.startupTrials()) {
      TpeHistory history = TpeHistory.of(settings.direction(), before, beside);
      return draw(parameter -> learnt(tpe, parameter, history, random));
    }
    return draw(parameter -> atRandom(parameter, random));
  }

  private interface Draw {
    Object of(Parameter parameter);
  }

  private TrialValues draw(Draw draw) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      boolean there = parameter.condition().isEmpty()
          || parameter
              .condition()
              .get()
              .options()
              .contains(String.valueOf(values.get(parameter.condition().get().parameter())));
      if (there) {
        values.put(parameter.name(), draw.of(parameter));
      }
    }
    return new TrialValues(values);
  }

  private static Object atRandom(Parameter parameter, SplittableRandom random) {
    double unit = Seeds.unit(random);
    if (parameter.domain() instanceof Domain.Choice choice) {
      return choice.options().get((int) (unit * choice.options().size()));
    }
    Scale scale = Scale.of(parameter.domain());
    return scale.value(scale.number(unit));
  }

  private static Object learnt(
      Sampler.Tpe tpe, Parameter parameter, TpeHistory history, SplittableRandom random) {
    List<StoredTrial> good = having(parameter, history.good());
    List<StoredTrial> others = having(parameter, history.others());
    if (parameter.domain() instanceof Domain.Choice choice) {
      ChoiceDensity wanted = choices(tpe, parameter, choice, good);
      ChoiceDensity known = choices(tpe, parameter, choice, others);
      int best = (int) best(
          tpe,
          () -> wanted.draw(random),
          option -> wanted.log((int) option) - known.log((int) option));
      return choice.options().get(best);
    }
    Scale scale = Scale.of(parameter.domain());
    NumberDensity wanted = numbers(tpe, parameter, scale, good);
    NumberDensity known = numbers(tpe, parameter, scale, others);
    return scale.value(
        best(tpe, () -> wanted.draw(random), number -> wanted.log(number) - known.log(number)));
  }

  /** Of several that are drawn the first with the greatest gain. */
  private static double best(Sampler.Tpe tpe, DoubleSupplier draw, DoubleUnaryOperator gain) {
    double best = draw.getAsDouble();
    double most = gain.applyAsDouble(best);
    for (int i = 1; i < tpe.candidates(); i++) {
      double candidate = draw.getAsDouble();
      double value = gain.applyAsDouble(candidate);
      if (value > most) {
        most = value;
        best = candidate;
      }
    }
    return best;
  }

  private static ChoiceDensity choices(
      Sampler.Tpe tpe, Parameter parameter, Domain.Choice choice, List<StoredTrial> trials) {
    List<Integer> seen = new ArrayList<>();
    for (StoredTrial trial : trials) {
      seen.add(choice.options().indexOf(trial.values().choice(parameter.name())));
    }
    return new ChoiceDensity(
        choice.options().size(), seen, TpeHistory.weights(seen.size()), tpe.priorWeight());
  }

  private static NumberDensity numbers(
      Sampler.Tpe tpe, Parameter parameter, Scale scale, List<StoredTrial> trials) {
    double[] places = new double[trials.size()];
    for (int i = 0; i < places.length; i++) {
      TrialValues values = trials.get(i).values();
      places[i] = scale.place(
          scale.whole() ? values.whole(parameter.name()) : values.real(parameter.name()));
    }
    return new NumberDensity(scale, places, TpeHistory.weights(places.length), tpe.priorWeight());
  }

  private static List<StoredTrial> having(Parameter parameter, List<StoredTrial> trials) {
    return trials.stream().filter(trial -> trial.values().has(parameter.name())).toList();
  }
}
