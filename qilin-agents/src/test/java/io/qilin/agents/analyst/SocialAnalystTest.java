package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Papers.SHARE;
import static io.qilin.agents.analyst.Papers.known;
import static io.qilin.agents.analyst.Papers.news;
import static io.qilin.agents.analyst.Papers.post;
import static io.qilin.agents.analyst.Records.abstains;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.SocialPost;
import io.qilin.api.record.SourceTier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SocialAnalystTest {
  private static Opinion of(List<? extends MarketRecord> records) {
    return new SocialAnalyst().analyze(known(records)).get(SHARE);
  }

  private static String name(int k) {
    return "甲乙丙丁戊己庚辛壬癸".charAt(k % 10) + "子丑寅卯辰巳午未申酉戌亥".substring(k / 10 % 12, k / 10 % 12 + 1);
  }

  /** Authors with words of their own. */
  private static List<SocialPost> said(int from, int count, double daysAgo, String word) {
    List<SocialPost> posts = new ArrayList<>();
    for (int k = from; k < from + count; k++) {
      posts.add(post(SHARE, daysAgo, "author" + k, name(k) + "说" + word, 0));
    }
    return posts;
  }

  private static List<SocialPost> and(List<SocialPost> one, List<SocialPost> other) {
    List<SocialPost> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  @Nested
  class Vectors {
    @Test
    void whenSevenOfTenAreForIt_thenThePolarityIsDrawnToZero() {
      Opinion opinion = of(and(said(0, 7, 0.5, "看多"), said(7, 3, 0.5, "看空")));
      assertThat(part(opinion, "polarity").raw()).isCloseTo(4 / 20.0, within(1e-12));
      assertThat(part(opinion, "polarity").normalised()).isCloseTo(0.6, within(1e-12));
      assertThat(part(opinion, "original").raw()).isEqualTo(1);
      assertThat(part(opinion, "volume-z").known()).isFalse();
      assertThat(opinion.coverage()).isEqualTo(0.65);
      assertThat(score(opinion)).isCloseTo(2 * (0.45 * 0.6 + 0.2) / 0.65 - 1, within(1e-12));
    }

    @Test
    void whenTheSampleGrows_thenTheSameShareCountsMore() {
      double few = part(of(and(said(0, 6, 0.5, "看多"), said(6, 4, 0.5, "看空"))), "polarity")
          .raw();
      double many = part(of(and(said(0, 18, 0.5, "看多"), said(18, 12, 0.5, "看空"))), "polarity")
          .raw();
      assertThat(few).isCloseTo(2 / 20.0, within(1e-12));
      assertThat(many).isCloseTo(6 / 40.0, within(1e-12));
    }

    @Test
    void whenTheDayIsLouder_thenTheVolumeStandsOut() {
      List<SocialPost> posts = new ArrayList<>();
      for (int day = 1; day <= 12; day++) {
        posts.addAll(
            said(0, day % 2 == 0 ? 1 : 3, day + 0.5, "你好" + "一二三四五六七八九十甲乙".charAt(day - 1)));
      }
      posts.addAll(said(10, 7, 0.5, "看多"));
      posts.addAll(said(0, 1, 13.01, "你好"));
      double mean = (Math.log(2) + Math.log(4)) / 2;
      double off = (Math.log(4) - Math.log(2)) / 2;
      double deviation = off * Math.sqrt(12 / 11.0);
      assertThat(part(of(posts), "volume-z").raw())
          .isCloseTo((Math.log(8) - mean) / deviation, within(1e-9));
    }

    @Test
    void whenAttentionIsTooLoud_thenItFades() {
      assertThat(SocialAnalyst.attention(0)).isEqualTo(0.5);
      assertThat(SocialAnalyst.attention(2)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
      assertThat(SocialAnalyst.attention(4)).isEqualTo(0.5);
      assertThat(SocialAnalyst.attention(6)).isLessThan(0.2);
      assertThat(SocialAnalyst.attention(Double.NaN)).isNaN();
    }

    @Test
    void whenOpinionTurns_thenTheChangeIsTheDifference() {
      Opinion opinion = of(and(said(0, 10, 0.5, "看多"), said(10, 10, 1.5, "看空")));
      assertThat(part(opinion, "change").raw()).isCloseTo(1, within(1e-12));
      assertThat(part(opinion, "change").normalised()).isCloseTo(1, within(1e-12));
    }

    @Test
    void whenAPostIsLiked_thenItWeighsMoreUpToTwice() {
      Voices voices = new Voices();
      voices.add("a", 1, 2);
      voices.add("b", -1, 1);
      assertThat(voices.mean()).isCloseTo(1 / 3.0, within(1e-12));
      List<SocialPost> posts = said(0, 4, 0.5, "看空");
      posts.add(post(SHARE, 0.5, "z", "我看多", Long.MAX_VALUE));
      assertThat(part(of(posts), "polarity").raw()).isCloseTo(-2 / 16.0, within(1e-12));
    }

    @Test
    void whenLegacyIsAsked_thenItsTableHolds() {
      Provenance weibo = new Provenance("weibo", "made", true);
      List<MarketRecord> records = new ArrayList<>(said(0, 3, 0.5, "看多"));
      records.addAll(said(3, 1, 0.5, "看空"));
      records.add(post(SHARE, 0.5, "w", "微看多", 0, weibo));
      records.add(news(SourceTier.MEDIA, 1, "公司中标"));
      Opinion opinion = new SocialAnalyst(Preset.LEGACY).analyze(known(records)).get(SHARE);
      assertThat(part(opinion, "good-news").normalised()).isEqualTo(0.5);
      assertThat(part(opinion, "weibo").normalised()).isEqualTo(1);
      assertThat(part(opinion, "forum").normalised()).isEqualTo(0.75);
      assertThat(part(opinion, "posts").normalised()).isCloseTo(0.001, within(1e-12));
    }
  }

  /** The defects of the older social agent. */
  @Nested
  class Defects {
    @Test
    void whenThereAreNoPosts_thenItAbstainsAndInventsNone() {
      for (Preset preset : Preset.values()) {
        Opinion opinion = new SocialAnalyst(preset).analyze(known(List.of())).get(SHARE);
        assertThat(abstains(opinion)).isTrue();
        assertThat(opinion.components()).noneMatch(part -> part.known());
      }
    }

    @Test
    void whenThereAreFourVoices_thenItAbstains() {
      assertThat(abstains(of(said(0, 4, 0.5, "看多")))).isTrue();
      assertThat(abstains(of(said(0, 5, 0.5, "看多")))).isFalse();
    }

    @Test
    void whenACrowdAgrees_thenItIsContrarianAndEarnsNothing() {
      Opinion crowd = of(said(0, 30, 0.5, "看多"));
      assertThat(crowd.flags()).containsExactly("CONTRARIAN");
      assertThat(part(crowd, "polarity").normalised()).isEqualTo(0.5);
      assertThat(of(said(0, 29, 0.5, "看多")).flags()).isEmpty();
      assertThat(of(said(0, 30, 0.5, "看空")).flags()).containsExactly("CONTRARIAN");
    }

    @Test
    void whenBotsRepeatAText_thenTheyAreOneVoice() {
      List<SocialPost> bots = new ArrayList<>();
      for (int k = 0; k < 50; k++) {
        bots.add(post(SHARE, 0.5, "bot" + k, "明天必涨 " + k + "！", 0));
      }
      Opinion opinion = of(and(bots, said(0, 5, 0.4, "看空")));
      assertThat(part(opinion, "polarity").raw()).isCloseTo(-4 / 16.0, within(1e-12));
      assertThat(opinion.flags()).containsExactly("REPEATED");
      assertThat(part(opinion, "original").raw()).isCloseTo(6 / 55.0, within(1e-12));
    }

    @Test
    void whenOneAuthorPostsOften_thenHeIsOneVoice() {
      List<SocialPost> posts = said(0, 5, 0.5, "看空");
      for (int k = 0; k < 20; k++) {
        posts.add(post(SHARE, 0.5, k % 2 == 0 ? "Ｚed" : "zED ", name(k) + "看多", 0));
      }
      assertThat(part(of(posts), "polarity").raw()).isCloseTo(-4 / 16.0, within(1e-12));
    }

    @Test
    void whenAuthorsAreNotKnown_thenTheyAreHalfVoices() {
      List<SocialPost> posts = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        posts.add(post(SHARE, 0.5, "", name(k) + "看多", 0));
      }
      assertThat(part(of(posts), "polarity").raw()).isCloseTo(3 / 13.0, within(1e-12));
    }

    @Test
    void whenAPostIsSeenAgain_thenItCountsOnceWithItsLastLikes() {
      List<SocialPost> posts = said(0, 5, 0.5, "看空");
      SocialPost first = post(SHARE, 0.25, "z", "我看多", 0);
      posts.add(first);
      posts.add(new SocialPost(
          first.eventTime(),
          first.asOf().plusSeconds(60),
          first.source(),
          "",
          first.body(),
          first.sourceTier(),
          Optional.of("z"),
          OptionalLong.of(9_999),
          OptionalLong.empty(),
          first.symbols()));
      Opinion opinion = of(posts);
      assertThat(part(opinion, "polarity").raw()).isCloseTo((2 - 5) / 17.0, within(1e-9));
      assertThat(part(opinion, "original").raw()).isEqualTo(1);
    }
  }

  @Test
  void whenTonesAreRead_thenNegationTurnsThem() {
    assertThat(Tone.of(PlainText.of("", "我不看好"))).isEqualTo(-1);
    assertThat(Tone.of(PlainText.of("", "not bullish"))).isEqualTo(-1);
    assertThat(Tone.of(PlainText.of("", "利好出尽"))).isEqualTo(-1);
    assertThat(Tone.of(PlainText.of("", "🚀🚀"))).isEqualTo(1);
    assertThat(Tone.of(PlainText.of("", "看多也看空"))).isEqualTo(0);
    assertThat(Tone.of(PlainText.of("", "今天天气好"))).isNaN();
  }

  @Test
  void whenThereAreTooManyPosts_thenTheNewestAreRead() {
    List<SocialPost> posts = new ArrayList<>();
    for (int k = 0; k < SocialView.MOST + 1; k++) {
      posts.add(post(SHARE, 0.5 + k / 1e4, "a" + k, "看多", 0));
    }
    assertThat(of(posts).flags()).contains("TOO_MANY");
  }
}
