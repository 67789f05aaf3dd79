package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which versions are open for a name. One state at a time is what calls read; one thread at a time makes the next one. A model is
 * retired after the state that holds it was replaced, so a call that finds it retired finds another state.
 */
final class ServedModels {
  /** What calls read. */
  record State(
      Optional<ModelId> production,
      @Nullable HeldModel primary,
      @Nullable HeldModel standby,
      Breaker breaker,
      String trouble,
      String name,
      boolean closed) {
    @Nullable
    HeldModel held(ModelId id) {
      if (primary != null && primary.version().id().equals(id)) {
        return primary;
      }
      return standby != null && standby.version().id().equals(id) ? standby : null;
    }

    boolean holds(HeldModel model) {
      return model == primary || model == standby;
    }

    QilinException nothing() {
      if (closed) {
        return QilinException.invalid("the serving of " + name + " is closed");
      }
      return new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          production.isEmpty()
              ? "no version of " + name + " is in production; promote one"
              : "the production version " + production.get() + " cannot serve: " + trouble);
    }
  }

  private final ModelRegistry registry;
  private final String name;
  private final ServingPredictor.Builder settings;
  private final ModelPreparation preparation;
  private final ServingNews news;
  private final ReentrantLock refreshing = new ReentrantLock();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  /** Open models that serve no more. */
  private final Set<HeldModel> leaving = ConcurrentHashMap.newKeySet();

  private ModelRegistry.@Nullable Registration registration;
  private @Nullable ScheduledFuture<?> polling;
  private long retryAt;
  private long pause;
  private volatile State state;
  private volatile String registryTrouble = "";

  ServedModels(ServingPredictor.Builder settings) {
    this.settings = settings;
    registry = settings.registry;
    name = settings.name;
    news = new ServingNews(settings.listener, settings.clock);
    preparation = new ModelPreparation(settings.opener, settings.golden);
    state = new State(Optional.empty(), null, null, breaker(), "", name, false);
  }

  private Breaker breaker() {
    return new Breaker(settings.firstPause.toNanos(), settings.longestPause.toNanos());
  }

  State state() {
    return state;
  }

  /** The model that answers. */
  HeldModel serving() {
    State now = state;
    HeldModel model = answering(now);
    if (model == null) {
      throw now.nothing();
    }
    return model;
  }

  private static @Nullable HeldModel answering(State now) {
    boolean failing = now.standby() != null && now.breaker().open();
    return now.primary() == null || failing ? now.standby() : now.primary();
  }

  void begin() {
    boolean begun = false;
    try {
      if (settings.executor != null) {
        registration = registry.listen(event -> {
          if (event.id().name().equals(name)) {
            scheduleRefresh();
          }
        });
      }
      refresh();
      if (settings.scheduler != null) {
        long millis = settings.interval.toMillis();
        polling = settings.scheduler.scheduleWithFixedDelay(
            this::refreshQuietly, millis, millis, TimeUnit.MILLISECONDS);
      }
      begun = true;
    } catch (RejectedExecutionException e) {
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT, "the executor for polling takes no tasks", e);
    } finally {
      if (!begun) {
        close();
      }
    }
  }

  private void scheduleRefresh() {
    if (settings.executor != null && scheduled.compareAndSet(false, true)) {
      try {
        settings.executor.execute(() -> {
          scheduled.set(false);
          refreshQuietly();
        });
      } catch (RejectedExecutionException e) {
        scheduled.set(false);
        news.tell(
            ServingEvent.Kind.REFRESH_FAILED, null, ErrorCode.RESOURCE_EXHAUSTED, "rejected: " + e);
      }
    }
  }

  /** For a task that nobody waits for: what went wrong was told as an event. */
  private void refreshQuietly() {
    if (!state.closed()) {
      try {
        refresh();
      } catch (QilinException e) {
        news.debug("a refresh failed, which was told", e);
      }
    }
  }

  ServingStatus refresh() {
    refreshing.lock();
    try {
      if (state.closed()) {
        throw state.nothing();
      }
      follow(ask());
      return status();
    } finally {
      refreshing.unlock();
    }
  }

  /** The version in production, and the one before if it is needed now. */
  private record Wanted(Optional<ModelVersion> production, Optional<ModelVersion> previous) {}

  private Wanted ask() {
    try {
      Optional<ModelVersion> production = registry.production(name);
      Optional<ModelVersion> previous = Optional.empty();
      if (production.isPresent() && !isCurrent(production.get().id())) {
        previous = registry
            .previous(name)
            .filter(version -> !version.id().equals(production.get().id()));
      }
      registryTrouble = "";
      return new Wanted(production, previous);
    } catch (QilinException e) {
      throw registryFailed(e, e.code());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw registryFailed(
          new QilinException(ErrorCode.SYSTEM, "the registry failed: " + e, e), ErrorCode.SYSTEM);
    }
  }

  private QilinException registryFailed(QilinException e, ErrorCode code) {
    registryTrouble = "the registry cannot be asked: " + e.getMessage();
    news.tell(ServingEvent.Kind.REFRESH_FAILED, null, code, String.valueOf(e.getMessage()));
    return e;
  }

  /** Whether the state is about this version: it serves, or was refused and is to be left alone for a while. */
  private boolean isCurrent(ModelId id) {
    State now = state;
    return now.production().filter(id::equals).isPresent()
        && (now.primary() != null || settings.nanos.getAsLong() - retryAt < 0);
  }

  private void follow(Wanted wanted) {
    if (wanted.production().isEmpty()) {
      withdraw();
    } else if (!isCurrent(wanted.production().get().id())) {
      exchange(wanted.production().get(), wanted.previous());
    }
  }

  private void withdraw() {
    State old = state;
    if (old.production().isEmpty()) {
      return;
    }
    replace(new State(Optional.empty(), null, null, breaker(), "", name, false));
    news.tell(
        ServingEvent.Kind.WITHDRAWN,
        old.production().get(),
        null,
        "no version of " + name + " is in production");
  }

  private void exchange(ModelVersion production, Optional<ModelVersion> previous) {
    State old = state;
    HeldModel answering = answering(old);
    HeldModel standby = previous.map(version -> old.held(version.id())).orElse(null);
    Optional<ModelId> id = Optional.of(production.id());
    try {
      HeldModel held = old.held(production.id());
      HeldModel primary = held == null ? open(production) : held;
      HeldModel kept = settings.standby && standby != primary ? standby : null;
      replace(new State(id, primary, kept, breaker(), "", name, false));
      pause = 0;
      news.tell(ServingEvent.Kind.SERVING, production.id(), null, "");
      if (settings.standby && kept == null) {
        previous.ifPresent(this::addStandby);
      }
    } catch (QilinException e) {
      pause = pause == 0
          ? settings.firstPause.toNanos()
          : Math.min(settings.longestPause.toNanos(), pause * 2);
      retryAt = settings.nanos.getAsLong() + pause;
      String trouble = String.valueOf(e.getMessage());
      HeldModel kept = standby == null ? answering : standby;
      replace(new State(id, null, kept, breaker(), trouble, name, false));
      news.tell(ServingEvent.Kind.REFUSED, production.id(), e.code(), trouble);
      if (kept == null) {
        previous.ifPresent(this::addStandby);
      }
    }
  }

  private void addStandby(ModelVersion previous) {
    try {
      HeldModel standby = open(previous);
      State now = state;
      replace(new State(
          now.production(), now.primary(), standby, now.breaker(), now.trouble(), name, false));
    } catch (QilinException e) {
      news.tell(
          ServingEvent.Kind.REFUSED, previous.id(), e.code(), "as a standby: " + e.getMessage());
    }
  }

  private HeldModel open(ModelVersion version) {
    State now = state;
    HeldModel beside = now.primary() == null ? now.standby() : now.primary();
    return new HeldModel(
        version,
        preparation.prepare(
            version, beside == null ? null : beside.version().draft().signature()),
        this::unused);
  }

  private void replace(State next) {
    State old = state;
    for (HeldModel model : models(old)) {
      if (!next.holds(model)) {
        leaving.add(model);
      }
    }
    state = next;
    for (HeldModel model : models(old)) {
      if (!next.holds(model)) {
        model.retire();
      }
    }
  }

  private static List<HeldModel> models(State of) {
    return Stream.of(Optional.ofNullable(of.primary()), Optional.ofNullable(of.standby()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Closes a model that no call uses, not on the thread of a call if there is another. */
  private void unused(HeldModel model) {
    if (settings.executor != null && !state.closed()) {
      try {
        settings.executor.execute(() -> closeModel(model));
        return;
      } catch (RejectedExecutionException e) {
        news.debug("the executor takes no tasks; a model is closed by its last call", e);
      }
    }
    closeModel(model);
  }

  private void closeModel(HeldModel model) {
    try {
      model.close();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      ErrorCode code = e instanceof QilinException known ? known.code() : ErrorCode.SYSTEM;
      news.tell(ServingEvent.Kind.CLOSE_FAILED, model.version().id(), code, String.valueOf(e));
    } finally {
      leaving.remove(model);
    }
  }

  void tellFellBack(HeldModel primary, HeldModel standby, QilinException why) {
    news.tell(
        ServingEvent.Kind.FELL_BACK,
        primary.version().id(),
        why.code(),
        standby.version().id() + " answers: " + why.getMessage());
  }

  void tellRecovered(HeldModel primary) {
    news.tell(ServingEvent.Kind.RECOVERED, primary.version().id(), null, "");
  }

  ServingStatus status() {
    State now = state;
    HeldModel model = answering(now);
    HeldModel other = model == now.standby() ? null : now.standby();
    String reason = registryTrouble;
    if (now.primary() == null && now.production().isPresent()) {
      reason = now.production().get() + " was refused: " + now.trouble();
    } else if (now.primary() != null && now.primary() != model) {
      reason = now.primary().version().id() + " failed and is tried again";
    }
    return new ServingStatus(
        now.production(),
        Optional.ofNullable(model).map(held -> held.version().id()),
        Optional.ofNullable(other).map(held -> held.version().id()),
        !reason.isEmpty(),
        reason);
  }

  void close() {
    refreshing.lock();
    try {
      if (!state.closed()) {
        if (registration != null) {
          registration.close();
        }
        if (polling != null) {
          polling.cancel(false);
        }
        replace(new State(Optional.empty(), null, null, breaker(), "", name, true));
      }
    } finally {
      refreshing.unlock();
    }
    for (HeldModel model : leaving) {
      if (model.unused()) {
        // The executor may never come to it.
        closeModel(model);
      }
      model.awaitClosed();
    }
  }
}
