package io.qilin.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.testkit.fault.DiskFault;
import io.qilin.testkit.fault.FaultDisk;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever fails, the file holds the old or the new secrets, and nothing else is taken for them. */
@Tag("fault")
class SecretVaultFaultTest {
  private static final String FILE = "/vault.json";
  private static final String OLD = "correct Horse 42 staple";
  private static final String NEW = "quite Another 77 phrase";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final FaultDisk disk = FaultDisk.empty();
  private final Path file = PrivateDisk.on(disk).path(FILE);
  private final Map<String, VaultKeys> keys = new HashMap<>();
  private final List<Version> versions = new ArrayList<>();
  private SecretVault vault;

  /** What a file holds, and the passphrase that opens it. */
  private record Content(String passphrase, long revision, Map<String, String> secrets) {}

  /** A content from the moment on at which it was acknowledged. */
  private record Version(int moment, Content content) {}

  @BeforeEach
  void makeAVault() {
    vault = SecretVault.create(file, OLD.toCharArray(), RANDOM);
    acknowledged(OLD);
    vault.put("a", secret(1));
    acknowledged(OLD);
  }

  private static Secret secret(int number) {
    return Secret.of("canary-7Qw9zR4tXp2L-" + number);
  }

  private void acknowledged(String passphrase) {
    versions.add(new Version(disk.moment(), kept(passphrase)));
  }

  private Content kept(String passphrase) {
    Map<String, String> secrets = new TreeMap<>();
    vault
        .names()
        .forEach(name -> secrets.put(name, vault.secret(name).orElseThrow().reveal()));
    return new Content(passphrase, vault.revision(), secrets);
  }

  private static byte[] bytes(FaultDisk on) {
    try {
      return Files.readAllBytes(on.path(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(FaultDisk on, byte[] bytes) throws IOException {
    write(on.path(FILE), bytes, false);
  }

  private static void write(Path path, byte[] bytes, boolean force) throws IOException {
    try (FileChannel channel = FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(bytes));
      if (force) {
        channel.force(true);
      }
    }
  }

  /** What is on a disk, with keys that are derived only once for a salt. */
  private Content content(FaultDisk on) {
    VaultFile found = VaultFile.parse(bytes(on));
    for (String passphrase : List.of(OLD, NEW)) {
      VaultKeys derived = keys.computeIfAbsent(
          passphrase + Base64.getEncoder().encodeToString(found.salt()) + found.iterations,
          any -> VaultKeys.derive(passphrase.toCharArray(), found.salt(), found.iterations));
      if (Arrays.equals(derived.mac(authenticated(found)), found.mac())) {
        Map<String, String> secrets = new TreeMap<>();
        found.values().forEach((name, kept) -> {
          byte[] plain = derived.open(kept, VaultFile.place(name), name);
          secrets.put(name, new String(plain, StandardCharsets.UTF_8));
        });
        return new Content(passphrase, found.revision, secrets);
      }
    }
    throw new AssertionError("no passphrase opens the file");
  }

  private static byte[] authenticated(VaultFile found) {
    return VaultFile.authenticated(found.iterations, found.salt(), found.revision, found.values());
  }

  @Test
  @Tag("F4")
  void whenThePowerIsCutAtAnyMoment_thenTheOldOrTheNewSecretsAreThere() {
    vault.put("b", secret(2));
    acknowledged(OLD);
    vault.remove("a");
    acknowledged(OLD);
    vault.rekey(NEW.toCharArray());
    acknowledged(NEW);
    vault.put("b", secret(3));
    acknowledged(NEW);

    FaultRun run = FaultRun.of("F4", 20);
    long lost = lost(disk, versions, run.n(), run.random());

    System.out.println(run.report(lost, Map.of("vaultMoments", disk.moment())));
    assertThat(lost).isZero();
    try (SecretVault again = SecretVault.open(file, NEW.toCharArray(), 6, RANDOM)) {
      assertThat(again.secret("b")).contains(secret(3));
    }
  }

  /** At each moment so many draws of what is lost: how often neither the version before nor the one under way is there. */
  private long lost(FaultDisk from, List<Version> all, int draws, Random random) {
    long lost = 0;
    for (int moment = 0; moment <= from.moment(); moment++) {
      for (int i = 0; i < draws; i++) {
        FaultDisk after = from.powerLost(moment, new Random(random.nextLong()));
        lost += stands(after, all, moment) ? 0 : 1;
      }
    }
    return lost;
  }

  private boolean stands(FaultDisk after, List<Version> all, int moment) {
    int now = moment;
    int done = (int) all.stream().filter(one -> one.moment() <= now).count();
    if (!Files.exists(after.path(FILE))) {
      return done == 0;
    }
    try {
      Content found = content(after);
      return Stream.of(done - 1, done)
          .filter(at -> at >= 0 && at < all.size())
          .anyMatch(at -> all.get(at).content().equals(found));
    } catch (QilinException | AssertionError e) {
      return false;
    }
  }

  /** The controls: the same versions written as one should not. */
  @Test
  @Tag("F4")
  void whenAFileIsWrittenInPlaceOrRenamedUnforced_thenTheScenarioSeesSecretsLost()
      throws IOException {
    List<byte[]> files = new ArrayList<>();
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      vault.put("a", secret(i));
      files.add(bytes(disk));
      contents.add(kept(OLD));
    }
    FaultDisk inPlace = FaultDisk.empty();
    FaultDisk renamed = FaultDisk.empty();
    List<Version> inPlaceVersions = new ArrayList<>();
    List<Version> renamedVersions = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      write(inPlace.path(FILE), files.get(i), true);
      forceFolder(inPlace);
      inPlaceVersions.add(new Version(inPlace.moment(), contents.get(i)));
      write(renamed.path("/fresh"), files.get(i), false);
      Files.move(renamed.path("/fresh"), renamed.path(FILE), StandardCopyOption.ATOMIC_MOVE);
      forceFolder(renamed);
      renamedVersions.add(new Version(renamed.moment(), contents.get(i)));
    }
    assertThat(lost(inPlace, inPlaceVersions, 20, new Random(7))).isPositive();
    assertThat(lost(renamed, renamedVersions, 20, new Random(7))).isPositive();
  }

  private static void forceFolder(FaultDisk on) throws IOException {
    try (FileChannel folder = FileChannel.open(on.path("/"), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Every operation of a put and of a removal, every fault, once and until it is healed, with one vault that goes on. */
  @Test
  @Tag("F5")
  void whenTheKthOperationFails_thenTheOldOrTheNewSecretsAreThereAndTheVaultGoesOn() {
    Map<String, Integer> figures = new TreeMap<>();
    int number = 0;
    for (DiskFault how : DiskFault.values()) {
      for (boolean forever : new boolean[] {false, true}) {
        for (int k = 1; k <= operations(); k++) {
          Secret next = secret(++number);
          failing(k, how, forever, () -> vault.put("a", next), OLD, figures);
          failing(k, how, forever, () -> vault.remove("a"), OLD, figures);
        }
      }
    }
    System.out.println(FaultRun.of("F5", number).report(0, figures));
    assertThat(figures).containsKeys("done", "old", "newButNotLasting");
    try (SecretVault again = SecretVault.open(file, OLD.toCharArray(), vault.revision(), RANDOM)) {
      assertThat(again.names()).containsExactly("z");
    }
  }

  private long operations() {
    long before = disk.operations();
    vault.put("z", secret(0));
    return disk.operations() - before;
  }

  private void failing(
      int k,
      DiskFault how,
      boolean forever,
      Runnable edit,
      String passphrase,
      Map<String, Integer> figures) {
    String what = how + (forever ? " from " : " at ") + k;
    Content before = content(disk);
    disk.failAt(disk.operations() + k, how, forever);
    boolean refused = false;
    try {
      edit.run();
    } catch (QilinException e) {
      refused = true;
      assertThat(e.code()).as(what).isIn(ErrorCode.IO, ErrorCode.SECRET_UNAVAILABLE);
    }
    disk.heal();

    Content after = content(disk);
    boolean grown = vault.revision() > before.revision();
    assertThat(kept(grown ? passphrase : before.passphrase())).as(what).isEqualTo(after);
    assertThat(grown || refused).as(what).isTrue();
    assertThat(grown || after.equals(before)).as(what).isTrue();
    Content cut = content(disk.powerLost(disk.moment(), new Random(k)));
    assertThat(cut).as(what).isIn(refused ? List.of(before, after) : List.of(after));
    figures.merge(!refused ? "done" : grown ? "newButNotLasting" : "old", 1, Integer::sum);

    edit.run();
    Content settled = content(disk);
    assertThat(kept(passphrase)).as(what).isEqualTo(settled);
    if (settled.revision() > after.revision()) {
      assertThat(content(disk.powerLost(disk.moment(), new Random(k)))).as(what).isEqualTo(settled);
    }
  }

  @Test
  @Tag("F5")
  void whenTheKthOperationFailsWhileThePassphraseIsChanged_thenOneOfTheTwoOpensTheVault() {
    FaultRun run = FaultRun.of("F5", 2);
    List<Runnable> cases = new ArrayList<>();
    Map<String, Integer> figures = new TreeMap<>();
    long operations = operations();
    for (DiskFault how : DiskFault.values()) {
      for (int k = 1; k <= operations; k++) {
        int which = k;
        for (boolean forever : new boolean[] {false, true}) {
          cases.add(() -> {
            String next = content(disk).passphrase().equals(OLD) ? NEW : OLD;
            failing(which, how, forever, () -> vault.rekey(next.toCharArray()), next, figures);
          });
        }
      }
    }
    Collections.shuffle(cases, run.random());
    // The last two operations open the folder and force it: the passphrase is the new one then.
    String next = NEW;
    failing(
        (int) operations,
        DiskFault.FAILED_FORCE,
        false,
        () -> vault.rekey(next.toCharArray()),
        next,
        figures);
    assertThat(figures).containsOnlyKeys("newButNotLasting");
    cases.subList(0, Math.min(run.n(), cases.size())).forEach(Runnable::run);
    System.out.println(run.report(0, figures));
  }

  @Test
  @Tag("F5")
  void whenTheDiskDoesNotSayWhetherAVaultIsThere_thenNoneIsMadeInItsPlace() {
    byte[] before = bytes(disk);
    PrivateDisk blind = PrivateDisk.on(disk);
    blind.blind = true;

    assertThatThrownBy(() -> SecretVault.create(blind.path(FILE), NEW.toCharArray(), RANDOM))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_UNAVAILABLE));
    assertThat(bytes(disk)).isEqualTo(before);
  }

  @Test
  @Tag("F5")
  void whenTheKthOperationFailsWhileAVaultIsMade_thenThereIsNoneOrItCanBeOpened() {
    int made = 0;
    FaultDisk dry = FaultDisk.empty();
    SecretVault.create(PrivateDisk.on(dry).path(FILE), OLD.toCharArray(), RANDOM)
        .close();
    for (int k = 1; k <= dry.operations(); k++) {
      FaultDisk fresh = FaultDisk.empty();
      Path at = PrivateDisk.on(fresh).path(FILE);
      fresh.failAt(k, DiskFault.IO_ERROR, true);
      assertThatThrownBy(() -> SecretVault.create(at, OLD.toCharArray(), RANDOM))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO));
      fresh.heal();
      if (!PrivateFiles.absent(at)) {
        made++;
        assertThat(content(fresh)).isEqualTo(new Content(OLD, 1, Map.of()));
      }
    }
    assertThat(made).isPositive();
  }

  /** Every bit and every length: refused by the form of the file, or by the MAC under the keys of that form. */
  @Test
  @Tag("F7")
  void whenAnyBitIsFlippedOrTheEndIsMissing_thenTheFileIsRefused() throws IOException {
    FaultRun run = FaultRun.of("F7", 4);
    byte[] good = bytes(disk);
    Content content = content(disk);
    List<Integer> wellFormed = new ArrayList<>();
    for (int length = 0; length < good.length; length++) {
      put(disk, Arrays.copyOf(good, length));
      assertThat(refusal()).isIn(ErrorCode.INPUT_REJECTED, ErrorCode.DATA_FORMAT);
    }
    for (int bit = 0; bit < 8 * good.length; bit++) {
      try {
        VaultFile.parse(flipped(good, bit));
        wellFormed.add(bit);
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.INPUT_REJECTED, ErrorCode.DATA_FORMAT);
      }
    }
    // The control: a reader that asks for no MAC takes these for vaults.
    assertThat(wellFormed).hasSizeGreaterThan(200);
    Collections.shuffle(wellFormed, run.random());
    int n = Math.min(run.n(), wellFormed.size());
    for (int bit : wellFormed.subList(0, n)) {
      put(disk, flipped(good, bit));
      assertThat(refusal()).as("bit %d", bit).isEqualTo(ErrorCode.DECRYPTION);
    }
    // All others of the same salt, by the keys that are known.
    VaultFile before = VaultFile.parse(good);
    for (int bit : wellFormed.subList(n, wellFormed.size())) {
      VaultFile after = VaultFile.parse(flipped(good, bit));
      if (Arrays.equals(after.salt(), before.salt()) && after.iterations == before.iterations) {
        put(disk, flipped(good, bit));
        assertThatThrownBy(() -> content(disk)).as("bit %d", bit).hasMessageContaining("opens");
      }
    }
    System.out.println(run.report(0, Map.of("bits", 8 * good.length, "wellFormed", n)));
    put(disk, good);
    assertThat(content(disk)).isEqualTo(content);
  }

  private static byte[] flipped(byte[] good, int bit) {
    byte[] changed = good.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  private ErrorCode refusal() {
    try {
      SecretVault.open(file, OLD.toCharArray(), 0, RANDOM).close();
    } catch (QilinException e) {
      return e.code();
    }
    throw new AssertionError("it was opened");
  }
}
