package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tree of RFC 6962, against its own words and against vectors from outside. */
class MerkleProofsTest {
  /** The leaves that the Certificate Transparency project tests with. */
  private static final List<String> LEAVES = List.of(
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f");

  private static List<AuditHash> leaves(List<String> hex) {
    return hex.stream()
        .map(one -> MerkleProofs.leaf(HexFormat.of().parseHex(one)))
        .toList();
  }

  @Test
  void whenTheLeavesAreThoseOfTheRfc_thenTheRootsAreToo() {
    List<AuditHash> leaves = leaves(LEAVES);
    assertThat(MerkleProofs.root(List.of()))
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(MerkleProofs.root(leaves.subList(0, 1)))
        .hasToString("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(MerkleProofs.root(leaves.subList(0, 7)))
        .hasToString("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
    assertThat(MerkleProofs.root(leaves))
        .hasToString("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  /** MTH of the RFC, word by word. */
  private static AuditHash defined(List<AuditHash> leaves) {
    if (leaves.size() <= 1) {
      return leaves.isEmpty() ? MerkleProofs.root(leaves) : leaves.get(0);
    }
    int k = Integer.highestOneBit(leaves.size() - 1);
    return new MerkleHasher()
        .node(defined(leaves.subList(0, k)), defined(leaves.subList(k, leaves.size())));
  }

  private static List<AuditHash> numbered(int count) {
    List<AuditHash> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(MerkleProofs.leaf(new byte[] {(byte) i, (byte) (i >> 8)}));
    }
    return leaves;
  }

  private static List<AuditHash> hashes(SubtreeHashes wanted, List<AuditHash> leaves) {
    leaves.forEach(wanted::add);
    return wanted.hashes();
  }

  @Test
  void whenProofsAreMadeForEverySmallTree_thenAllVerifyAndNoOtherLeafDoes() {
    for (int size = 1; size <= 21; size++) {
      List<AuditHash> leaves = numbered(size);
      AuditHash root = MerkleProofs.root(leaves);
      assertThat(root).isEqualTo(defined(leaves));
      for (int leaf = 0; leaf < size; leaf++) {
        List<AuditHash> path = hashes(SubtreeHashes.inclusion(leaf, size), leaves);
        InclusionProof proof = new InclusionProof(leaf, size, path);
        assertThat(MerkleProofs.verifies(proof, leaves.get(leaf), root)).isTrue();
        for (int other = 0; other < size; other++) {
          assertThat(MerkleProofs.verifies(
                  new InclusionProof(other, size, path), leaves.get(leaf), root))
              .as("leaf %d at %d of %d", leaf, other, size)
              .isEqualTo(other == leaf);
        }
      }
    }
  }

  @Test
  void whenATreeGrew_thenEveryStepCanBeShownAndNoOtherRoot() {
    List<AuditHash> leaves = numbered(21);
    for (int size = 0; size <= leaves.size(); size++) {
      List<AuditHash> now = leaves.subList(0, size);
      AuditHash root = MerkleProofs.root(now);
      for (int old = 0; old <= size; old++) {
        AuditHash before = MerkleProofs.root(leaves.subList(0, old));
        List<AuditHash> path = hashes(SubtreeHashes.consistency(old, size), now);
        ConsistencyProof proof = new ConsistencyProof(old, size, path);
        assertThat(MerkleProofs.verifies(proof, before, root))
            .as("%d to %d", old, size)
            .isTrue();
        AuditHash other = MerkleProofs.leaf(new byte[] {1, 2, 3});
        assertThat(MerkleProofs.verifies(proof, other, root)).isFalse();
        // Every tree begins with the empty one.
        assertThat(MerkleProofs.verifies(proof, before, other)).isEqualTo(old == 0 && size > 0);
      }
    }
  }

  @Test
  void whenAProofHasAnotherShape_thenItDoesNotVerify() {
    List<AuditHash> leaves = numbered(6);
    AuditHash root = MerkleProofs.root(leaves);
    AuditHash leaf = leaves.get(2);
    List<AuditHash> path = hashes(SubtreeHashes.inclusion(2, 6), leaves);
    List<AuditHash> longer = new ArrayList<>(path);
    longer.add(root);
    assertThat(MerkleProofs.verifies(new InclusionProof(2, 6, path), leaf, root))
        .isTrue();
    assertThat(MerkleProofs.verifies(new InclusionProof(2, 6, longer), leaf, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new InclusionProof(2, 6, path.subList(0, 2)), leaf, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new InclusionProof(-1, 6, path), leaf, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new InclusionProof(6, 6, path), leaf, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new InclusionProof(0, 1, List.of()), leaf, leaf))
        .isTrue();

    List<AuditHash> grown = hashes(SubtreeHashes.consistency(3, 6), leaves);
    AuditHash before = MerkleProofs.root(leaves.subList(0, 3));
    List<AuditHash> more = new ArrayList<>(grown);
    more.add(root);
    assertThat(MerkleProofs.verifies(new ConsistencyProof(3, 6, grown), before, root))
        .isTrue();
    assertThat(MerkleProofs.verifies(new ConsistencyProof(3, 6, more), before, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new ConsistencyProof(3, 6, List.of()), before, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new ConsistencyProof(6, 3, grown), before, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new ConsistencyProof(-1, 6, grown), before, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new ConsistencyProof(6, 6, grown), root, root))
        .isFalse();
    assertThat(MerkleProofs.verifies(new ConsistencyProof(6, 6, List.of()), root, root))
        .isTrue();
    assertThat(MerkleProofs.verifies(
            new ConsistencyProof(0, 6, grown), MerkleProofs.root(List.of()), root))
        .isFalse();
  }

  @Test
  void whenTheVectorsAreThoseOfTheCorpus_thenAllHoldAndEveryFlippedBitFails() {
    StrictJson json = StrictJson.limited(1 << 20, 16);
    int[] counts = new int[3];
    for (String line : SharedFiles.lines(SharedFiles.corpus("rfc-vectors/cases.jsonl"))) {
      Map<String, Object> vector = json.object(line.getBytes(StandardCharsets.UTF_8), "the vector");
      switch ((String) vector.get("kind")) {
        case "merkle-root" -> {
          counts[0]++;
          assertThat(MerkleProofs.root(leaves(texts(vector, "leaves_hex"))))
              .as("%s", vector.get("id"))
              .isEqualTo(hash(vector, "root_hex"));
        }
        case "merkle-inclusion" -> {
          counts[1]++;
          inclusion(vector);
        }
        case "merkle-consistency" -> {
          counts[2]++;
          consistency(vector);
        }
        default -> assertThat((String) vector.get("kind")).doesNotContain("merkle");
      }
    }
    System.out.printf(
        java.util.Locale.ROOT,
        "rfc-vectors: merkle-root %d, merkle-inclusion %d, merkle-consistency %d, all hold%n",
        counts[0],
        counts[1],
        counts[2]);
    assertThat(counts).doesNotContain(0);
  }

  private static void inclusion(Map<String, Object> vector) {
    AuditHash leaf = MerkleProofs.leaf(HexFormat.of().parseHex((String) vector.get("leaf_hex")));
    AuditHash root = hash(vector, "root_hex");
    List<AuditHash> path =
        texts(vector, "path_hex").stream().map(AuditHash::parse).toList();
    InclusionProof proof =
        new InclusionProof(number(vector, "index"), number(vector, "size"), path);
    assertThat(MerkleProofs.verifies(proof, leaf, root))
        .as("%s", vector.get("id"))
        .isTrue();
    for (int bit = 0; bit < 256; bit++) {
      assertThat(MerkleProofs.verifies(proof, flipped(leaf, bit), root)).isFalse();
      assertThat(MerkleProofs.verifies(proof, leaf, flipped(root, bit))).isFalse();
      for (int i = 0; i < path.size(); i++) {
        InclusionProof other =
            new InclusionProof(proof.index(), proof.size(), flipped(path, i, bit));
        assertThat(MerkleProofs.verifies(other, leaf, root)).isFalse();
      }
    }
  }

  private static void consistency(Map<String, Object> vector) {
    AuditHash before = hash(vector, "old_root_hex");
    AuditHash after = hash(vector, "new_root_hex");
    List<AuditHash> path =
        texts(vector, "proof_hex").stream().map(AuditHash::parse).toList();
    ConsistencyProof proof =
        new ConsistencyProof(number(vector, "old"), number(vector, "new"), path);
    assertThat(MerkleProofs.verifies(proof, before, after))
        .as("%s", vector.get("id"))
        .isTrue();
    for (int bit = 0; bit < 256; bit++) {
      assertThat(MerkleProofs.verifies(proof, flipped(before, bit), after)).isFalse();
      assertThat(MerkleProofs.verifies(proof, before, flipped(after, bit))).isFalse();
      for (int i = 0; i < path.size(); i++) {
        ConsistencyProof other =
            new ConsistencyProof(proof.oldSize(), proof.newSize(), flipped(path, i, bit));
        assertThat(MerkleProofs.verifies(other, before, after)).isFalse();
      }
    }
  }

  private static AuditHash flipped(AuditHash hash, int bit) {
    byte[] bytes = hash.bytes();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return AuditHash.of(bytes);
  }

  private static List<AuditHash> flipped(List<AuditHash> path, int index, int bit) {
    List<AuditHash> other = new ArrayList<>(path);
    other.set(index, flipped(path.get(index), bit));
    return other;
  }

  private static List<String> texts(Map<String, Object> vector, String name) {
    return ((List<?>) vector.get(name)).stream().map(String.class::cast).toList();
  }

  private static AuditHash hash(Map<String, Object> vector, String name) {
    return AuditHash.parse((String) vector.get(name));
  }

  private static long number(Map<String, Object> vector, String name) {
    return ((BigDecimal) vector.get(name)).longValueExact();
  }
}
