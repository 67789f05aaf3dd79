package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmClient;
import io.qilin.api.llm.LlmModel;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Several models as one: it asks the next when one fails, leaves alone for a while what fails often, and at the end answers by rules if
 * the host gave any, so that an outage costs time and not the answer.
 *
 * <p>All attempts share the time of the call: each gets what is left divided by the members that could still be asked, the last all of it.
 * A member has a bounded number of calls at once; when all are busy, the call waits for the first. An error that asking another cannot
 * mend ends the call: INVALID_ARGUMENT, CANCELLED, LLM_NOT_RECORDED.
 *
 * <p>Without an executor, members are asked on the calling thread and must keep to their time themselves. With one, the call ends in
 * its time whatever they do, a second one can be asked when the first is late (hedging: both cost money), and the consumer of text gets
 * the answer that was used in one piece.
 *
 * <p>Safe to share between threads. It owns its members and closes them.
 */
public final class LlmRouter implements LlmClient {
  /** Who is asked first. */
  public enum Balance {
    /** Always the first member that can be asked. */
    ORDERED,
    /** Each in proportion to its weight, in a fixed sequence (smooth weighted round robin, as of nginx). */
    WEIGHTED
  }

  private static final int MOST_AT_ONCE = 8;

  private final LlmRouterTerms terms;
  private final List<RouteMember> members;
  private final Balance balance;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Object lock = new Object();
  private final long[] credit;

  private LlmRouter(Builder from) {
    this.terms = new LlmRouterTerms(
        from.ticker, from.executor, from.hedgeAfter, from.fallback, from.listener);
    List<RouteMember> all = new ArrayList<>();
    for (Member member : from.members) {
      all.add(new RouteMember(
          member.name, member.client, member.weight, from.breaker, from.mostAtOnce, from.ticker));
    }
    this.members = List.copyOf(all);
    this.balance = from.balance;
    this.credit = new long[members.size()];
  }

  /**
   * Begins a router.
   *
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(LongSupplier ticker) {
    return new Builder(ticker);
  }

  @Override
  public LlmModel model() {
    return members.get(0).client().model();
  }

  @Override
  public List<LlmModel> models() {
    return members.stream()
        .flatMap(member -> member.client().models().stream())
        .distinct()
        .toList();
  }

  /** That of all members together. */
  @Override
  public int attempts() {
    return members.stream().mapToInt(member -> member.client().attempts()).sum();
  }

  /** The names of the members that are left alone now. */
  public List<String> leftAlone() {
    return members.stream().filter(RouteMember::isOpen).map(RouteMember::name).toList();
  }

  @Override
  public LlmReply complete(LlmRequest request, LlmCall call) {
    if (closed.get()) {
      throw new QilinException(
          ErrorCode.LLM_UNAVAILABLE, "the router of " + model() + " was closed; build another");
    }
    return new RoutedCall(terms, order(), request, call).run();
  }

  private List<RouteMember> order() {
    if (balance == Balance.ORDERED) {
      return members;
    }
    List<RouteMember> order = new ArrayList<>(members);
    order.add(0, order.remove(turn()));
    return order;
  }

  private int turn() {
    synchronized (lock) {
      int best = 0;
      long total = 0;
      for (int k = 0; k < credit.length; k++) {
        credit[k] += members.get(k).weight();
        total += members.get(k).weight();
        best = credit[k] > credit[best] ? k : best;
      }
      credit[best] -= total;
      return best;
    }
  }

  /** Closes every member, also when closing one fails. */
  @Override
  public void close() {
    closed.set(true);
    RuntimeException failed = null;
    for (RouteMember member : members) {
      try {
        member.client().close();
      } catch (RuntimeException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private record Member(String name, LlmClient client, int weight) {}

  /** Settings of a router. */
  public static final class Builder {
    private final LongSupplier ticker;
    private final List<Member> members = new ArrayList<>();
    private Balance balance = Balance.ORDERED;
    private LlmBreakerSettings breaker = LlmBreakerSettings.DEFAULT;
    private int mostAtOnce = MOST_AT_ONCE;
    private Optional<Executor> executor = Optional.empty();
    private Optional<Duration> hedgeAfter = Optional.empty();
    private Optional<LlmFallback> fallback = Optional.empty();
    private Consumer<LlmRoute> listener = route -> {};

    private Builder(LongSupplier ticker) {
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /** Adds a member of weight 1, named as its model. */
    public Builder member(LlmClient client) {
      return member(client.model().toString(), client, 1);
    }

    /**
     * Adds a member.
     *
     * @param weight its share when they take turns, 1 to 1000
     */
    public Builder member(String name, LlmClient client, int weight) {
      if (weight < 1 || weight > 1_000) {
        throw wrong("the weight of " + QilinException.quote(name) + " is 1 to 1000, was " + weight);
      }
      if (name.isBlank()
          || name.equals(LlmFallback.MODEL)
          || members.stream().anyMatch(other -> other.name.equals(name))) {
        throw wrong("a member has a name of its own, not empty and not rules, was "
            + QilinException.quote(name));
      }
      members.add(new Member(name, client, weight));
      return this;
    }

    /** Who is asked first; ORDERED unless set. */
    public Builder balance(Balance who) {
      balance = Objects.requireNonNull(who, "who");
      return this;
    }

    /** When a member is left alone; {@link LlmBreakerSettings#DEFAULT} unless set. */
    public Builder breaker(LlmBreakerSettings settings) {
      breaker = Objects.requireNonNull(settings, "settings");
      return this;
    }

    /** Calls of one member at once, at least 1; 8 unless set. */
    public Builder mostAtOnce(int calls) {
      if (calls < 1) {
        throw wrong("mostAtOnce is at least 1, was " + calls);
      }
      mostAtOnce = calls;
      return this;
    }

    /** Where members are asked; on the calling thread unless set. It needs a thread for every call at once. */
    public Builder executor(Executor threads) {
      executor = Optional.of(threads);
      return this;
    }

    /** Asks a second member when the first has not answered for so long; never unless set. Needs an executor. */
    public Builder hedgeAfter(Duration delay) {
      if (delay.isNegative()) {
        throw wrong("hedgeAfter is not negative, was " + delay);
      }
      hedgeAfter = Optional.of(delay);
      return this;
    }

    /** What answers when no member does; nothing unless set. */
    public Builder fallback(LlmFallback rules) {
      fallback = Optional.of(rules);
      return this;
    }

    /** Learns on the asking thread what came of each attempt; what it throws ends the call. */
    public Builder listener(Consumer<LlmRoute> routes) {
      listener = Objects.requireNonNull(routes, "routes");
      return this;
    }

    /**
     * Builds it.
     *
     * @throws QilinException INVALID_CONFIGURATION without a member, or for hedging without an executor
     */
    public LlmRouter build() {
      if (members.isEmpty()) {
        throw wrong("a router has at least one member");
      }
      if (hedgeAfter.isPresent() && executor.isEmpty()) {
        throw wrong("hedgeAfter needs an executor: two members cannot be asked on one thread");
      }
      return new LlmRouter(this);
    }

    private static QilinException wrong(String message) {
      return new QilinException(ErrorCode.INVALID_CONFIGURATION, message);
    }
  }
}
