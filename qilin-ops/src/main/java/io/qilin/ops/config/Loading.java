package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Node.Section;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One load: reads the layers, lays them over each other, binds. Of one thread, and used once. */
final class Loading {
  private final RecordShape shape;
  private final List<String> profiles;
  private final SecretRule secrets;
  private final Allowance allowance;
  private final ConfigFiles reader;
  private final Problems problems = new Problems();
  private final Set<Path> files = new LinkedHashSet<>();
  private Section all = Section.at(new Origin("configuration", Optional.empty()));
  private boolean whole = true;

  Loading(RecordShape shape, List<String> profiles, SecretRule secrets, ConfigLimits limits) {
    this.shape = shape;
    this.profiles = profiles;
    this.secrets = secrets;
    this.allowance = new Allowance(limits);
    this.reader = new ConfigFiles(limits);
  }

  /** The configuration of the layers; INVALID_CONFIGURATION with all problems if it has any. */
  <T> Loaded<T> run(List<Layer> layers, Class<T> type) {
    for (Layer layer : layers) {
      if (layer instanceof Layer.OfFile file) {
        files(file);
      } else if (layer instanceof Layer.OfFolder folder) {
        folder(folder.folder());
      } else if (layer instanceof Layer.OfEnvironment environment) {
        environment(environment);
      } else if (layer instanceof Layer.OfPaths paths) {
        overrides(paths.values());
      }
    }
    Binder binder = new Binder(problems, secrets, whole);
    Object value = binder.bind(shape, all, ConfigPath.ROOT);
    if (value == null || problems.any()) {
      throw problems.refusal();
    }
    return new Loaded<>(type.cast(value), ConfigTree.of(binder.settings()), files);
  }

  private void files(Layer.OfFile layer) {
    files.add(layer.file());
    if (!layer.optional() || ConfigFiles.present(layer.file())) {
      reading(() -> add(layer.file(), reader.read(layer.file())));
    }
    for (String profile : profiles) {
      Path variant = variant(layer.file(), profile);
      files.add(variant);
      if (ConfigFiles.present(variant)) {
        reading(() -> add(variant, reader.read(variant)));
      }
    }
  }

  static Path variant(Path file, String profile) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(name.substring(0, dot) + "-" + profile + name.substring(dot));
  }

  private void folder(Path folder) {
    files.add(folder);
    reading(() -> reader.readFolder(folder).forEach((file, bytes) -> {
      files.add(file);
      reading(() -> add(file, bytes));
    }));
  }

  /** Lays a file over what is there; Malformed if it cannot be read. */
  void add(Path file, byte[] bytes) {
    FormatReader format = FormatReader.of(String.valueOf(file.getFileName())).orElseThrow();
    all = all.under(format.read(SourceText.of(file, bytes), allowance, problems));
  }

  /** What cannot be read is told, and the others are read all the same. */
  private void reading(Runnable read) {
    try {
      read.run();
    } catch (Malformed e) {
      whole = false;
      problems.add(e.origin(), e.what());
    }
  }

  private void environment(Layer.OfEnvironment layer) {
    Environment names = new Environment(shape, layer.prefix());
    Overlay overlay = new Overlay(problems, allowance.limits());
    layer.variables().forEach((name, text) -> {
      Origin origin = Origin.environment(name);
      value(overlay, text, origin, () -> names.path(name, !problems.full()));
    });
    all = overlay.onto(all);
  }

  private void overrides(Map<String, String> values) {
    Overlay overlay = new Overlay(problems, allowance.limits());
    values.forEach(
        (path, text) -> value(overlay, text, Origin.override(path), () -> ConfigPath.parse(path)));
    all = overlay.onto(all);
  }

  private void value(Overlay overlay, String text, Origin origin, PathSource path) {
    try {
      Names.checkValue(text, origin, allowance.limits());
      if (!allowance.entry()) {
        throw new Malformed(origin, allowance.tooMany());
      }
      overlay.add(path.path(), new Leaf(text, Form.BARE, origin));
    } catch (Malformed e) {
      problems.add(e.origin(), e.what());
    } catch (QilinException e) {
      problems.add(origin, Messages.of(e));
    }
  }

  /** Where the path of a value comes from; QilinException if it has none. */
  private interface PathSource {
    ConfigPath path();
  }
}
