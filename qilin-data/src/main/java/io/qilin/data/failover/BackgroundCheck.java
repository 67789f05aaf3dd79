package io.qilin.data.failover;

import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.data.reconcile.Reconciliation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Compares a few days of an answer with another member, on the executor, after the answer was served. One comparison
 * runs at a time; while it runs, others are passed over. It takes a place in the other member's calls, and is left out
 * where the executor would run it on the asking thread, or the other member's guard is not closed.
 */
final class BackgroundCheck {
  private final ReconcileSettings settings;
  private final ChainTerms terms;
  private final Jitter chance;
  private final Consumer<ChainEvent> events;
  private final AtomicBoolean busy = new AtomicBoolean();

  BackgroundCheck(
      ReconcileSettings settings, ChainTerms terms, Jitter chance, Consumer<ChainEvent> events) {
    this.settings = settings;
    this.terms = terms;
    this.chance = chance;
    this.events = events;
  }

  void start(List<Member> members, Member served, Bars answer, BarQuery query) {
    Optional<Member> other = members.stream()
        .filter(m -> m != served && m.capabilities().contains(DataCapability.DAILY_BARS))
        .findFirst();
    if (other.isEmpty() || busy.getAndSet(true)) {
      return;
    }
    Member member = other.get();
    if (member.state() != CallGuard.State.CLOSED || !member.occupy()) {
      busy.set(false);
      skip(member, "it is not to be called now");
      return;
    }
    Thread asking = Thread.currentThread();
    List<LocalDate> days = draw(answer.panel().days());
    AtomicBoolean left = new AtomicBoolean();
    try {
      terms.executor().execute(() -> {
        try {
          if (Thread.currentThread() == asking) {
            skip(member, "the executor runs tasks on the asking thread");
          } else {
            days.forEach(day -> compare(served, answer, member, query, day));
          }
        } finally {
          end(member, left);
        }
      });
    } catch (RuntimeException e) {
      end(member, left);
      skip(member, "the executor refused the comparison");
    }
  }

  private void end(Member member, AtomicBoolean left) {
    if (!left.getAndSet(true)) {
      member.leave();
      busy.set(false);
    }
  }

  private List<LocalDate> draw(List<LocalDate> days) {
    TreeSet<LocalDate> drawn = new TreeSet<>();
    for (int k = 0; k < settings.days(); k++) {
      drawn.add(days.get((int) (chance.next() * days.size())));
    }
    return List.copyOf(drawn);
  }

  private void compare(Member served, Bars answer, Member other, BarQuery query, LocalDate day) {
    try {
      Bars second = other.source().bars(query.between(day, day));
      Optional<String> wrong = terms.check().kept(second, query.between(day, day));
      if (wrong.isPresent()) {
        skip(other, wrong.get());
        return;
      }
      Panel until = answer.panel().until(day);
      Bars first = new Bars(until, answer.provenance(), answer.rowsRead(), List.of());
      events.accept(new ChainEvent.Reconciled(Reconciliation.compare(
          served.name(), first, other.name(), second, settings.tolerance())));
    } catch (RuntimeException e) {
      skip(other, e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private void skip(Member other, String reason) {
    events.accept(new ChainEvent.NotReconciled(other.name(), reason));
  }
}
