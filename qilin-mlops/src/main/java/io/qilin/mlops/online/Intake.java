package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes samples and labels into a learner's tables: a batch whole, or by a throw not at all. Stateless. */
record Intake(String name, OnlineSettings settings) {
  /** Keeps samples with their scores; gives the scores, of those known before the ones of then. */
  double[] keep(
      Connection connection,
      LearnerState next,
      List<Sample> batch,
      double[] fresh,
      double[] beside,
      Instant now)
      throws SQLException {
    double[] scores = new double[batch.size()];
    List<Integer> unknown = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < scores.length; i++) {
      Sample sample = batch.get(i);
      if (!ids.add(sample.id())) {
        throw QilinException.invalid(
            "the sample " + QilinException.quote(sample.id()) + " stands twice in one batch");
      }
      Optional<Samples.Known> known = Samples.find(connection, name, sample.id());
      if (known.isPresent()) {
        if (!known.get().digest().equals(Row.digest(sample))) {
          throw new QilinException(
              ErrorCode.CONFLICT,
              "the sample " + QilinException.quote(sample.id())
                  + " was offered before with another moment or other features");
        }
        scores[i] = known.get().score();
      } else {
        requireTimely(sample, next, now);
        scores[i] = fresh[i];
        unknown.add(i);
      }
    }
    long dropped = Samples.makeRoom(connection, next, unknown.size(), settings.capacity());
    next.dropped += dropped;
    if (dropped > 0) {
      Samples.forget(connection, next, settings.capacity());
    }
    for (int i : unknown) {
      Samples.insert(connection, next, batch.get(i), fresh[i], beside[i]);
    }
    return scores;
  }

  private static void requireTimely(Sample sample, LearnerState next, Instant now) {
    if (sample.at().isAfter(now)) {
      throw QilinException.invalid("the sample " + QilinException.quote(sample.id()) + " is of "
          + sample.at() + ", and it is only " + now);
    }
    Instant forgotten = next.forgotten;
    if (forgotten != null && !sample.at().isAfter(forgotten)) {
      throw QilinException.invalid("the sample " + QilinException.quote(sample.id()) + " is of "
          + sample.at() + "; samples up to " + forgotten
          + " may have been learnt and forgotten, so it is not taken again");
    }
  }

  /** Gives samples their labels; gives the losses of the serving model, of the new ones in order. */
  double[] label(Connection connection, LearnerState next, List<MaturedLabel> batch, Instant now)
      throws SQLException {
    double[] told = new double[batch.size()];
    int fresh = 0;
    for (MaturedLabel label : batch) {
      Samples.Known known = Samples.find(connection, name, label.id())
          .orElseThrow(() -> new QilinException(
              ErrorCode.DATA_NOT_FOUND,
              "the learner " + name + " has no sample " + QilinException.quote(label.id())));
      if (known.labelled()) {
        if (known.label() != label.value()) {
          throw new QilinException(
              ErrorCode.CONFLICT,
              "the sample " + QilinException.quote(label.id()) + " has the label " + known.label()
                  + ", not " + label.value());
        }
        continue;
      }
      requireMatured(label, known, now);
      Samples.label(connection, next, label);
      double loss = settings.loss().of(known.score(), label.value());
      next.scored++;
      next.loss += loss;
      next.faded = settings.fading() * next.faded + (1 - settings.fading()) * loss;
      next.fresh++;
      if (!Double.isNaN(known.shadowScore())) {
        next.shadowScored++;
        next.shadowLoss += settings.loss().of(known.shadowScore(), label.value());
        next.besideLoss += loss;
      }
      told[fresh++] = loss;
    }
    return Arrays.copyOf(told, fresh);
  }

  private void requireMatured(MaturedLabel label, Samples.Known known, Instant now) {
    String id = QilinException.quote(label.id());
    if (known.state().equals("USED")) {
      throw QilinException.invalid("the sample " + id + " was given up before its label came");
    }
    if (now.isBefore(label.usableFrom())) {
      throw QilinException.invalid("the label of " + id + " may be used from "
          + label.usableFrom() + " on, and it is only " + now + "; learning from it now would be"
          + " learning from the future");
    }
    if (!label.usableFrom().isAfter(known.at())) {
      throw QilinException.invalid("the label of " + id + " is of " + label.usableFrom()
          + ", which is not after its features of " + known.at());
    }
    if (settings.loss() == Loss.LOG && !(label.value() >= 0 && label.value() <= 1)) {
      throw QilinException.invalid(
          "the logarithmic loss takes labels in [0, 1], was " + label.value() + " for " + id);
    }
  }
}
