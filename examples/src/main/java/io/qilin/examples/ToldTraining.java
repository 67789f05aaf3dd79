package io.qilin.examples;

import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.training.TrainingContext;

/** Tells the lines of a training on the terminal. */
final class ToldTraining implements TrainingContext {
  private final Terminal terminal;
  private final long seed;
  private final Cancellation cancellation = new Cancellation();

  ToldTraining(Terminal terminal, long seed) {
    this.terminal = terminal;
    this.seed = seed;
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void log(String line) {
    terminal.say(line);
  }

  @Override
  public void progress(double done) {}

  @Override
  public void metric(String name, long step, double value) {}
}
