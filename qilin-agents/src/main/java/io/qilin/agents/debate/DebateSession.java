package io.qilin.agents.debate;

import io.qilin.agents.debate.DebateGraph.Stance;
import io.qilin.agents.debate.DebateGraph.Turn;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One debate about one share. Two threads may meet in it: the one that asks models, and the desk's,
 * which closes it at the deadline and has rules say what is missing. All state is under one lock,
 * which is not held while a model is asked; what comes after closing is dropped.
 */
final class DebateSession {
  /** How the debate is held. */
  record Terms(
      Optional<DebateModels> models,
      Optional<DebateCheckpoints> checkpoints,
      DebateListener listener,
      double band,
      String key) {}

  private static final String CHECKPOINT_FAILED = "CHECKPOINT_FAILED";

  private final CaseFile file;
  private final List<Turn> turns;
  private final Terms terms;
  private final RuleSpeaker rules;
  private final Cancellation cancellation = new Cancellation();
  private final List<Statement> said = new ArrayList<>();
  private final List<ModelUse> uses = new ArrayList<>();
  private OptionalDouble lean = OptionalDouble.empty();
  /** Whether every model that was asked has answered; only such a beginning is kept. */
  private boolean intact = true;

  private final SortedSet<String> marks = new TreeSet<>();
  private boolean mute;
  private boolean closed;

  DebateSession(CaseFile file, List<Turn> turns, Terms terms) {
    this.file = file;
    this.turns = turns;
    this.terms = terms;
    this.rules = new RuleSpeaker(file);
  }

  /** Asks the models turn by turn until the debate is over, they are mute, or it is closed. */
  void run(long end) {
    DebateModels models = terms.models().orElseThrow();
    resume();
    while (true) {
      Turn turn;
      List<Statement> before;
      synchronized (this) {
        if (closed || mute || said.size() == turns.size()) {
          return;
        }
        turn = turns.get(said.size());
        before = List.copyOf(said);
      }
      long left = end - models.ticker().getAsLong();
      Duration time = Duration.ofNanos(Math.min(left, models.perCall().toNanos()));
      if (left <= 0) {
        return;
      }
      keep(new ModelSpeaker(models, file).speak(turn, before, time, cancellation));
    }
  }

  /** Takes what a model answered, or that it failed; drops it after closing. */
  private synchronized void keep(ModelSpeaker.Answer answer) {
    if (!closed) {
      take(answer);
      intact &= answer.statement().isPresent();
      if (intact && terms.checkpoints().isPresent()) {
        guard(() -> terms.checkpoints().get().write(terms.key(), answer));
      }
    }
  }

  private void resume() {
    terms.checkpoints().ifPresent(kept -> guard(() -> kept.read(terms.key()).forEach(this::take)));
  }

  /** Checkpoints only save money: when they fail, the debate goes on and says so. */
  private void guard(Runnable work) {
    try {
      work.run();
    } catch (QilinException e) {
      flag(CHECKPOINT_FAILED);
    }
  }

  private synchronized void flag(String mark) {
    marks.add(mark);
  }

  private synchronized void take(ModelSpeaker.Answer answer) {
    if (closed || said.size() == turns.size()) {
      return;
    }
    Turn turn = turns.get(said.size());
    uses.add(answer.use());
    mute |= answer.exhausted();
    answer.lean().ifPresent(value -> lean = OptionalDouble.of(value));
    say(turn, answer.statement(), Optional.of(answer.use()));
  }

  private synchronized void say(Turn turn, Optional<Statement> statement, Optional<ModelUse> use) {
    Statement.Origin origin =
        terms.models().isPresent() ? Statement.Origin.RULES_INSTEAD : Statement.Origin.RULES;
    Statement spoken = statement.orElseGet(() -> rules.speak(turn, turns, said, origin));
    if (turn.node().stance() == Stance.JUDGE && statement.isEmpty()) {
      lean = OptionalDouble.empty();
    }
    said.add(spoken);
    terms.listener().spoken(file, turn, spoken, use);
  }

  /** Asks a call that is under way to end. */
  void stop() {
    cancellation.cancel();
  }

  /** Closes the debate, has rules say what is missing, and tells what was said. */
  synchronized Deliberation finish() {
    closed = true;
    if (terms.models().isPresent() && !mute && said.size() < turns.size()) {
      // The call that hangs, or that could not be made any more: on replay it fails the same way.
      Turn turn = turns.get(said.size());
      ModelSpeaker speaker = new ModelSpeaker(terms.models().get(), file);
      ModelUse use = speaker.failed(turn, said, ErrorCode.LLM_TIMEOUT);
      uses.add(use);
      say(turn, Optional.empty(), Optional.of(use));
    }
    while (said.size() < turns.size()) {
      say(turns.get(said.size()), Optional.empty(), Optional.empty());
    }
    boolean degraded =
        said.stream().anyMatch(one -> one.origin() == Statement.Origin.RULES_INSTEAD);
    if (degraded) {
      marks.add(Debate.DEGRADED);
    }
    double adjustment = lean.isPresent() ? lean.getAsDouble() * terms.band() : 0;
    return new Deliberation(
        file.about(), said, uses, adjustment == 0 ? 0 : adjustment, List.copyOf(marks));
  }

  /** Whether nothing more is to be asked after a failure. */
  static boolean exhausts(QilinException failure) {
    return failure.code() == ErrorCode.LLM_TIMEOUT
        || failure.code() == ErrorCode.LLM_BUDGET_EXHAUSTED
        || failure.code() == ErrorCode.CANCELLED;
  }
}
