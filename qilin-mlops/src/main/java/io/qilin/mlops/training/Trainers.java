package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Trainers by their ids. Immutable and safe to share. */
public final class Trainers {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final NavigableMap<String, Trainer> byId;

  private Trainers(NavigableMap<String, Trainer> byId) {
    this.byId = byId;
  }

  /** The trainers of this library. */
  public static Trainers standard() {
    return of(List.of(
        new LeastSquaresTrainer(),
        new RidgeTrainer(),
        new LogisticTrainer(),
        new SgdTrainer(),
        new LightGbmTrainer()));
  }

  /**
   * The trainers that the class path or module path offers through {@link ServiceLoader}, those of this library among them.
   *
   * @throws QilinException INVALID_CONFIGURATION if one cannot be made, or two have one id
   */
  public static Trainers discover(ClassLoader loader) {
    List<Trainer> found = new ArrayList<>();
    try {
      ServiceLoader.load(Trainer.class, loader).forEach(found::add);
    } catch (ServiceConfigurationError e) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "a trainer on the class path cannot be made: " + e.getMessage(),
          e);
    }
    return of(found);
  }

  /**
   * Trainers that the caller made.
   *
   * @throws QilinException INVALID_CONFIGURATION if two have one id, or an id has other characters
   */
  public static Trainers of(Collection<? extends Trainer> trainers) {
    NavigableMap<String, Trainer> byId = new TreeMap<>();
    for (Trainer trainer : trainers) {
      String id = trainer.id();
      if (id == null || !ID.matcher(id).matches()) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the id of a trainer has 1 to 64 of a-z 0-9 - , that of "
                + trainer.getClass().getName() + " is " + QilinException.quote(String.valueOf(id)));
      }
      Trainer other = byId.putIfAbsent(id, trainer);
      if (other != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two trainers have the id " + id + ": " + other.getClass().getName() + " and "
                + trainer.getClass().getName() + "; leave one out");
      }
    }
    return new Trainers(byId);
  }

  /** The ids, ascending. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(byId.keySet());
  }

  /**
   * The trainer with that id.
   *
   * @throws QilinException UNSUPPORTED with the nearest id and those there are
   */
  public Trainer named(String id) {
    Trainer trainer = byId.get(id);
    if (trainer == null) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          "no trainer is named " + QilinException.quote(id) + " among " + byId.keySet()
              + NearestName.hint(id, byId.keySet()));
    }
    return trainer;
  }
}
