package io.qilin.agents.llm;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caller's consumer of text, which remembers what it threw, so that it is not taken for a failure of the model. */
final class OnText implements Consumer<String> {
  private final Consumer<String> to;
  private @Nullable RuntimeException thrown;

  OnText(Consumer<String> to) {
    this.to = to;
  }

  @Override
  public void accept(String text) {
    try {
      to.accept(text);
    } catch (RuntimeException e) {
      thrown = e;
      throw e;
    }
  }

  void rethrow(RuntimeException e) {
    if (e == thrown) {
      throw e;
    }
  }
}
