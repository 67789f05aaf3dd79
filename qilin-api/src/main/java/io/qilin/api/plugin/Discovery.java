package io.qilin.api.plugin;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What was found of one kind of plugin. Each is made and asked once who it is, so that a bad answer is met here and nowhere else;
 * one that fails is named and does not keep the others from working. Immutable, and as safe to share as what it holds.
 *
 * @param <E> what is kept of a plugin: itself, or itself with its answers
 * @param found those that answered, in the order in which they were offered
 * @param broken what could not be used: the class and why, one line each
 */
public record Discovery<E>(List<E> found, List<String> broken) {
  /** More unreadable entries than any class path has: a loader that never ends is left. */
  private static final int MOST_FAILURES = 1000;

  private static final int LONGEST_REASON = 300;

  /** Checks and copies. */
  public Discovery {
    found = List.copyOf(found);
    broken = List.copyOf(broken);
  }

  /**
   * Asks plugins that the caller made.
   *
   * @param plugins the plugins
   * @param ask what it says of itself; an exception of it makes the plugin a broken one
   */
  public static <T, E> Discovery<E> of(
      Collection<? extends T> plugins, Function<? super T, ? extends E> ask) {
    List<E> found = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (T plugin : plugins) {
      Objects.requireNonNull(plugin, "plugin");
      collect(plugin.getClass(), () -> ask.apply(plugin), found, broken);
    }
    return new Discovery<>(found, broken);
  }

  /**
   * Makes and asks what a loader offers, on the calling thread and without a time limit: a plugin whose constructor hangs holds
   * the caller up.
   *
   * @param loader where they are offered
   * @param ask what a plugin says of itself
   */
  public static <T, E> Discovery<E> of(
      ServiceLoader<T> loader, Function<? super T, ? extends E> ask) {
    return walk(loader, ask, Answer::get);
  }

  /**
   * Makes and asks what a loader offers, each on a thread of the executor and within a time. What has not answered by then is
   * interrupted and broken; its thread is the executor's loss if it does not listen.
   *
   * @param loader where they are offered
   * @param ask what a plugin says of itself
   * @param each how long one may take, more than zero
   * @param executor where they run, not the caller's own thread
   * @throws QilinException CANCELLED if the calling thread is interrupted; INVALID_ARGUMENT for a time of zero or less
   */
  public static <T, E> Discovery<E> of(
      ServiceLoader<T> loader,
      Function<? super T, ? extends E> ask,
      Duration each,
      Executor executor) {
    if (each.isZero() || each.isNegative()) {
      throw QilinException.invalid("the time for one plugin must be more than zero, was " + each);
    }
    Objects.requireNonNull(executor, "executor");
    return walk(loader, ask, answer -> within(answer, each, executor));
  }

  /** An answer that may be an error. */
  private interface Answer<E> {
    E get();
  }

  private static <T, E> Discovery<E> walk(
      ServiceLoader<T> loader, Function<? super T, ? extends E> ask, Function<Answer<E>, E> run) {
    List<E> found = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Spliterator<ServiceLoader.Provider<T>> offers = loader.stream().spliterator();
    for (boolean more = true; more && broken.size() < MOST_FAILURES; ) {
      try {
        more = offers.tryAdvance(offer ->
            collect(offer.type(), () -> run.apply(() -> ask.apply(offer.get())), found, broken));
      } catch (ServiceConfigurationError e) {
        broken.add(oneLine(String.valueOf(e.getMessage())));
      } catch (LinkageError e) {
        // The loader does not wrap what a damaged class, or one whose parent is missing, throws.
        broken.add(oneLine(e.getClass().getSimpleName() + ": " + e.getMessage()));
      }
    }
    return new Discovery<>(found, broken);
  }

  private static <E> void collect(
      Class<?> type, Answer<E> answer, List<E> found, List<String> broken) {
    try {
      found.add(answer.get());
    } catch (Cancelled e) {
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while " + type.getName() + " was asked who it is", e);
    } catch (ServiceConfigurationError e) {
      broken.add(failure(type, e.getCause() == null ? e : e.getCause()));
    } catch (RuntimeException | LinkageError e) {
      broken.add(failure(type, e));
    }
  }

  private static <E> E within(Answer<E> answer, Duration each, Executor executor) {
    FutureTask<E> task = new FutureTask<>(answer::get);
    try {
      executor.execute(task);
      return task.get(each.toMillis() + 1, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new QilinException(
          ErrorCode.PROVIDER, "the executor took no more work: give it a place for each plugin", e);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new QilinException(
          ErrorCode.TIMEOUT,
          "has not said who it is within " + each.toMillis() + " ms; its thread was interrupted",
          e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new Cancelled(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new QilinException(ErrorCode.PROVIDER, String.valueOf(e.getMessage()), e);
    }
  }

  /** The caller's own interrupt, which is no fault of a plugin. */
  private static final class Cancelled extends QilinException {
    private static final long serialVersionUID = 1L;

    private Cancelled(InterruptedException cause) {
      super(ErrorCode.CANCELLED, "interrupted", cause);
    }
  }

  private static String failure(Class<?> type, Throwable why) {
    return type.getName() + " (" + oneLine(why.getClass().getSimpleName() + ": " + why.getMessage())
        + ")";
  }

  /** A message of somebody else's code, which may be long or have line ends. */
  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }
}
