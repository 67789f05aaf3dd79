package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers over each other, and what a refusal says. */
class ConfigLoaderTest {
  /** As the page of the documentation shows it. */
  record App(List<Symbol> universe, Limits limits, List<Model> models) {}

  record Limits(int maxPositions, @ConfigDefault("0.10") double maxShare, Duration pause) {
    Limits {
      if (!(maxShare > 0 && maxShare <= 1)) {
        throw QilinException.invalid("max-share must be in (0, 1], was " + maxShare);
      }
    }
  }

  record Model(String name, Optional<URI> address, Secret apiKey) {}

  private static final String BASE = """
      universe: [600519.SH, 000001.SZ]
      limits:
        max-positions: 10
        pause: 5m
      models:
        - name: fast
          api-key: ENC(k1:c2VhbGVk)
      """;

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  private ConfigLoader.Builder<App> loader() {
    return ConfigLoader.builder(App.class)
        .secrets((path, text) -> Secret.of("opened " + path + " " + text));
  }

  @Test
  void whenLayersAreNamed_thenTheLaterWinsSettingBySetting() {
    folder.write("app.yaml", BASE);
    folder.write("app-live.yaml", "limits: {max-share: 0.05}\nuniverse: [600519.SH]\n");
    folder.write("more.json", "{\"limits\": {\"max-positions\": 4}}");
    folder.write("last.properties", "limits.pause = 10s\n");
    Loaded<App> loaded = loader()
        .profile("live")
        .file(folder.at("app.yaml"))
        .optionalFile(folder.at("absent.yaml"))
        .file(folder.at("more.json"))
        .file(folder.at("last.properties"))
        .environment(Map.of("QILIN_MODELS_0_NAME", "slow", "HOME", "/"), "QILIN_")
        .overrides(Map.of("models[0].address", "http://127.0.0.1:11434/"))
        .build()
        .load();
    assertThat(loaded.value())
        .isEqualTo(new App(
            List.of(Symbol.parse("600519.SH")),
            new Limits(4, 0.05, Duration.ofSeconds(10)),
            List.of(new Model(
                "slow",
                Optional.of(URI.create("http://127.0.0.1:11434/")),
                Secret.of("opened models[0].api-key ENC(k1:c2VhbGVk)")))));
    assertThat(loaded.tree().entries())
        .extracting(entry -> entry.path() + " = " + entry.text() + " # "
            + entry.origin().replace(temp.toAbsolutePath() + "/", ""))
        .containsExactly(
            "limits.max-positions = 4 # more.json:1:30",
            "limits.max-share = 0.05 # app-live.yaml:1:21",
            "limits.pause = 10s # last.properties:1:1",
            "models[0].address = http://127.0.0.1:11434/ # override models[0].address",
            "models[0].api-key = *** # app.yaml:7:14",
            "models[0].name = slow # environment QILIN_MODELS_0_NAME",
            "universe[0] = 600519.SH # app-live.yaml:2:12");
    assertThat(loaded.files())
        .containsExactly(
            folder.at("app.yaml"),
            folder.at("app-live.yaml"),
            folder.at("absent.yaml"),
            folder.at("absent-live.yaml"),
            folder.at("more.json"),
            folder.at("more-live.json"),
            folder.at("last.properties"),
            folder.at("last-live.properties"));
  }

  @Test
  void whenLoadedAgain_thenAllIsReadAnew() {
    ConfigLoader<App> loader = loader().file(folder.write("app.yaml", BASE)).build();
    Loaded<App> before = loader.load();
    folder.write("app.yaml", BASE.replace("max-positions: 10", "max-positions: 12"));
    Loaded<App> after = loader.load();
    assertThat(after.value().limits().maxPositions()).isEqualTo(12);
    assertThat(before.tree().diff(after.tree()))
        .containsExactly(new ConfigChange(
            "limits.max-positions",
            Optional.of("10"),
            Optional.of("12"),
            ConfigChange.Kind.CHANGED));
    assertThat(loader.load().tree()).isEqualTo(after.tree());
  }

  @Test
  void whenSeveralThreadsShareALoader_thenEachReadsTheSame() throws Exception {
    ConfigLoader<App> loader = loader()
        .file(folder.write("app.yaml", BASE))
        .environment(Map.of("QILIN_LIMITS_MAX_SHARE", "0.2", "QILIN_MODELS_1_NAME", "b"), "QILIN_")
        .overrides(Map.of("models[1].api-key", "ENC(x)"))
        .build();
    Loaded<App> alone = loader.load();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Loaded<App>> load = loader::load;
      for (Future<Loaded<App>> each : threads.invokeAll(Collections.nCopies(100, load))) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whenMuchIsWrong_thenAllIsToldAtOnce() {
    folder.write("app.yaml", """
        universe: [600519.XX, 1]
        limits:
          maxPositions: 10
          max-share: "0.05"
          pause: soon
          pause: 1s
        models:
          - name: fast
            adress: http://x/
        colour: red
        """);
    assertThat(folder.problems(loader()
            .file(folder.at("app.yaml"))
            .environment(Map.of("QILIN_LIMITS_PAWSE", "1s"), "QILIN_")
            .build()))
        .containsExactly(
            "app.yaml:6:3: duplicate key 'pause', which stands at app.yaml:5:3 already",
            "environment QILIN_LIMITS_PAWSE: means no setting; did you mean 'QILIN_LIMITS_PAUSE'?",
            "app.yaml:10:1: unknown key 'colour'; known are universe, limits, models",
            "app.yaml:1:12 universe[0]: expected a Symbol, found '600519.XX': not a symbol like"
                + " 600519.SH, SH600519 or 600519.SS: '600519.XX'",
            "app.yaml:1:23 universe[1]: expected a Symbol, found '1': not a symbol like 600519.SH,"
                + " SH600519 or 600519.SS: '1'",
            "app.yaml:3:3 limits: unknown key 'maxPositions'; did you mean 'max-positions'?",
            "app.yaml:3:3 limits.max-positions: is missing, expected a whole number from"
                + " -2147483648 to 2147483647",
            "app.yaml:4:14 limits.max-share: expected a finite number, found the text '0.05';"
                + " write it without quotes",
            "app.yaml:5:10 limits.pause: expected a duration such as 250ms, 30s, 5m, 2h, 1d or"
                + " PT30S, found 'soon'",
            "app.yaml:9:5 models[0]: unknown key 'adress'; did you mean 'address'?",
            "app.yaml:8:5 models[0].api-key: is missing, expected a secret such as ENC(…)");
  }

  @Test
  void whenARecordRefuses_thenItsPlaceAndWhatElseSpokeIsTold() {
    folder.write("app.yaml", BASE);
    assertThat(folder.problems(loader()
            .file(folder.at("app.yaml"))
            .environment(Map.of("QILIN_LIMITS_MAX_SHARE", "2"), "QILIN_")
            .build()))
        .containsExactly("app.yaml:3:3 limits: is refused: max-share must be in (0, 1], was 2.0;"
            + " see also environment QILIN_LIMITS_MAX_SHARE");
  }

  @Test
  void whenThereAreManyProblems_thenFiftyAreToldAndTheRestCounted() {
    String text = IntStream.range(0, 300)
        .mapToObj(i -> "unknown" + i + ": 1\n")
        .collect(Collectors.joining());
    List<String> problems =
        folder.problems(loader().file(folder.write("app.yaml", BASE + text)).build());
    assertThat(problems).hasSize(51);
    assertThat(problems.get(50)).isEqualTo("… and 250 more");
  }

  @Test
  void whenAFileCannotBeRead_thenTheOthersAreCheckedAndNothingIsCalledMissing() {
    folder.write("app.yaml", "limits: {pause: [\n");
    folder.write("more.yaml", "limits: {max-share: none}\n");
    assertThat(folder.problems(loader()
            .file(folder.at("app.yaml"))
            .file(folder.at("more.yaml"))
            .file(folder.at("absent.yaml"))
            .build()))
        .containsExactly(
            "app.yaml:2:1: is not YAML: expected the node content, but found '<stream end>'",
            "absent.yaml: is missing: there is no such file",
            "more.yaml:1:21 limits.max-share: expected a finite number, found 'none'");
  }

  @Test
  void whenAFolderIsNamed_thenItsFilesFollowByName() throws IOException {
    folder.write("20.yaml", "limits: {pause: 1s}\n");
    folder.write("10.yml", BASE);
    folder.write("30.json", "{\"limits\": {\"max-positions\": 1}}");
    folder.write(".hidden.yaml", "[");
    folder.write("notes.txt", "[");
    Files.createDirectory(folder.at("nested"));
    Loaded<App> loaded = loader().folder(temp).build().load();
    assertThat(loaded.value().limits()).isEqualTo(new Limits(1, 0.1, Duration.ofSeconds(1)));
    assertThat(loaded.files())
        .containsExactly(
            temp.toAbsolutePath(), folder.at("10.yml"), folder.at("20.yaml"), folder.at("30.json"));
  }

  @Test
  void whenAFolderIsMountedByKubernetes_thenItsLinksAreFollowed() throws IOException {
    Files.createDirectory(folder.at("..2026_01"));
    folder.write("..2026_01/app.yaml", BASE);
    Files.createSymbolicLink(folder.at("..data"), Path.of("..2026_01"));
    Files.createSymbolicLink(folder.at("app.yaml"), Path.of("..data/app.yaml"));
    ConfigLoader<App> loader = loader().folder(temp).build();
    assertThat(loader.load().value().limits().maxPositions()).isEqualTo(10);
    Files.createDirectory(folder.at("..2026_02"));
    folder.write("..2026_02/app.yaml", BASE.replace("10", "11"));
    Files.createSymbolicLink(folder.at("..next"), Path.of("..2026_02"));
    Files.move(
        folder.at("..next"),
        folder.at("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Loaded<App> loaded = loader.load();
    assertThat(loaded.value().limits().maxPositions()).isEqualTo(11);
    assertThat(loaded.files()).containsExactly(temp.toAbsolutePath(), folder.at("app.yaml"));
  }

  @Test
  void whenAFolderIsReplacedWhileItIsRead_thenNoPairIsTorn() throws Exception {
    turn(0);
    Files.createSymbolicLink(folder.at("a.yaml"), Path.of("..data/a.yaml"));
    Files.createSymbolicLink(folder.at("b.yaml"), Path.of("..data/b.yaml"));
    ConfigLoader<Pair> loader = ConfigLoader.builder(Pair.class).folder(temp).build();
    ExecutorService other = Executors.newSingleThreadExecutor();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    try {
      Future<Integer> flips = other.submit(() -> flip(done, begun));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 200; i++) {
        assertWhole(loader);
      }
      done.set(true);
      assertThat(flips.get(30, TimeUnit.SECONDS)).isPositive();
    } finally {
      done.set(true);
      other.shutdownNow();
    }
    assertWhole(loader);
    assertThat(loader.load().value().left()).isPositive();
  }

  record Pair(int left, int right) {}

  private static void assertWhole(ConfigLoader<Pair> loader) {
    try {
      Pair pair = loader.load().value();
      assertThat(pair.left()).isEqualTo(pair.right());
    } catch (QilinException e) {
      assertThat(e.getMessage()).contains("was replaced 3 times while it was read");
    }
  }

  private int flip(AtomicBoolean done, CountDownLatch begun) throws IOException {
    int flips = 0;
    while (!done.get() && flips < 5_000) {
      turn(++flips);
      begun.countDown();
    }
    return flips;
  }

  /** Turns the link to a new generation and removes the one before, as Kubernetes does. */
  private void turn(int number) throws IOException {
    String name = ".." + number;
    Files.createDirectory(folder.at(name));
    folder.write(name + "/a.yaml", "left: " + number + "\n");
    folder.write(name + "/b.yaml", "right: " + number + "\n");
    Files.move(
        Files.createSymbolicLink(folder.at("..next"), Path.of(name)),
        folder.at("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    if (number > 0) {
      Path old = folder.at(".." + (number - 1));
      Files.delete(old.resolve("a.yaml"));
      Files.delete(old.resolve("b.yaml"));
      Files.delete(old);
    }
  }

  @Test
  void whenALinkLeadsNowhere_thenAnOptionalFileIsNotTakenForAbsent() throws IOException {
    folder.write("app.yaml", BASE);
    Files.createSymbolicLink(folder.at("local.yaml"), Path.of("gone.yaml"));
    assertThat(folder.problems(loader()
            .file(folder.at("app.yaml"))
            .optionalFile(folder.at("local.yaml"))
            .build()))
        .containsExactly("local.yaml: is a link that leads nowhere");
  }

  @Test
  void whenAFolderOrFileIsNone_thenItIsRefused() throws IOException {
    Files.createDirectory(folder.at("folder.yaml"));
    folder.write("large.yaml", "#".repeat(100));
    assertThat(folder.problems(loader()
            .folder(folder.at("absent"))
            .file(folder.at("folder.yaml"))
            .file(folder.at("large.yaml"))
            .limits(ConfigLimits.DEFAULT.withFileBytes(99))
            .build()))
        .containsExactly(
            "absent: is missing: there is no such folder",
            "folder.yaml: is no regular file",
            "large.yaml: is larger than 99 bytes, which are read at most");
    assertThatThrownBy(() -> loader().file(Path.of("app.conf")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("ends in .yaml, .yml, .json or .properties, not 'app.conf'");
    assertThatThrownBy(() -> loader().profile("../x"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'../x'");
  }

  @Test
  void whenAFileIsEmpty_thenItIsRefusedAsItMayBeHalfWritten() {
    folder.write("a.yaml", "");
    folder.write("b.json", " ");
    folder.write("c.properties", "# none\n");
    folder.write("d.yaml", "# none\n");
    assertThat(folder.problems(loader().folder(temp).build()))
        .containsExactly(
            "a.yaml:1:1: holds nothing; write {} if that is meant",
            "b.json:1:1: holds nothing; write {} if that is meant",
            "c.properties:1:1: holds no setting; leave the file out if that is meant",
            "d.yaml:1:1: holds nothing; write {} if that is meant");
  }

  @Test
  void whenOverridesAreWrong_thenTheyAreToldByTheirPath() {
    folder.write("app.yaml", BASE);
    assertThat(folder.problems(loader()
            .file(folder.at("app.yaml"))
            .overrides(Map.of(
                "limits..pause", "1s",
                "models[2].name", "x",
                "models.name", "x",
                "universe", "a",
                "universe[0]", "b",
                "limits.pawse", "1s"))
            .build()))
        .containsExactly(
            "override limits..pause: not a path such as llm.providers[0].api-key or"
                + " prices[\"600519.SH\"]: 'limits..pause', at character 8",
            "override models.name models.name: mixes names and indices in one place",
            "override models[2].name models[2].name: leaves a gap: the next index of the list is 1",
            "override universe[0] universe[0]: stands in universe, which has a value",
            "override universe universe: expected a list, found a single value",
            "override limits.pawse limits: unknown key 'pawse'; did you mean 'pause'?");
  }
}
