#include <math.h>
#include <string.h>
#include "eq.h"

/* The rest of a glide is skipped below this size, relative to one octave or 8.7 dB. */
static const double ARRIVED = 1e-5;
/* A filter state below this is nothing. It also keeps out subnormal numbers, which are slow. */
static const double SILENT = 1e-15;
/* No sound gets a sound filter's state up to this. */
static const double BROKEN = 1e12;

/* The highest frequency of a filter: the formulas end at 0.5 cycles a frame. */
double eq_highest_log(void) { return log(0.49); }

void eq_band_aim(eq_band *band, const double *values, double sample_rate_hz) {
  band->wanted_type = (int)values[EQ_TYPE];
  band->wanted_frequency = fmin(log(values[EQ_FREQUENCY] / sample_rate_hz), eq_highest_log());
  band->wanted_gain = values[EQ_GAIN];
  band->wanted_q = log(values[EQ_Q]);
}

void eq_band_settle(eq_band *band) {
  band->type = band->wanted_type;
  band->frequency = band->wanted_frequency;
  band->gain = band->wanted_gain;
  band->q = band->wanted_q;
  band->mix = band->type == EQ_OFF ? 0 : 1;
  memset(band->memory, 0, sizeof band->memory);
  band->designed = false;
}

static double approach(double now, double wanted, double pace) {
  double next = now + (wanted - now) * pace;
  return fabs(wanted - next) < ARRIVED ? wanted : next;
}

static void design(eq_band *band) {
  eq_design(&band->filter, band->type, exp(band->frequency), band->gain, exp(band->q));
  band->designed = true;
}

void eq_band_glide(eq_band *band, double pace, double fade) {
  if (band->wanted_type != band->type) {
    band->mix = fmax(band->mix - fade, 0);
    if (band->mix == 0) {
      eq_band_settle(band);
      band->mix = 0;
    }
  } else if (band->wanted_type != EQ_OFF && band->mix < 1) {
    band->mix = fmin(band->mix + fade, 1);
  }
  if (!band->designed) design(band);
  double frequency = approach(band->frequency, band->wanted_frequency, pace);
  double gain = approach(band->gain, band->wanted_gain, pace);
  double q = approach(band->q, band->wanted_q, pace);
  band->moves = frequency != band->frequency || gain != band->gain || q != band->q;
  if (!band->moves) return;
  band->frequency = frequency;
  band->gain = gain;
  band->q = q;
  band->start = band->filter;
  design(band);
}

static bool passes(const eq_band *band, uint32_t channel) {
  if (band->mix == 0 || band->type == EQ_OFF) return true;
  if (band->moves || band->gain != 0 || band->type > EQ_HIGH_SHELF) return false;
  return band->memory[channel * 2] == 0 && band->memory[channel * 2 + 1] == 0;
}

/* A filter state as it may be kept: one that is not a number, or too great, starts anew. */
static double kept(double z) { return fabs(z) > SILENT && fabs(z) < BROKEN ? z : 0; }

/* The same while something glides: filters between two stable ones, on a straight line, are stable. */
static void process_moving(eq_band *band, double *z, float *samples, uint32_t frames, double mix) {
  eq_biquad now = band->moves ? band->start : band->filter;
  const eq_biquad *to = &band->filter;
  double share = 1 / (double)frames;
  eq_biquad step = {
    (to->b0 - now.b0) * share, (to->b1 - now.b1) * share, (to->b2 - now.b2) * share,
    (to->a1 - now.a1) * share, (to->a2 - now.a2) * share,
  };
  double mix_step = (band->mix - mix) * share;
  for (uint32_t i = 0; i < frames; i++) {
    now.b0 += step.b0;
    now.b1 += step.b1;
    now.b2 += step.b2;
    now.a1 += step.a1;
    now.a2 += step.a2;
    mix += mix_step;
    double x = samples[i];
    double y = now.b0 * x + z[0];
    z[0] = now.b1 * x - now.a1 * y + z[1];
    z[1] = now.b2 * x - now.a2 * y;
    samples[i] = (float)(x + (y - x) * mix);
  }
}

void eq_band_process(eq_band *band, uint32_t channel, float *samples, uint32_t frames, double mix_before) {
  if (passes(band, channel) && mix_before == band->mix) return;
  double z[2] = {band->memory[channel * 2], band->memory[channel * 2 + 1]};
  if (band->moves || band->mix != 1 || mix_before != 1) {
    process_moving(band, z, samples, frames, mix_before);
  } else {
    const eq_biquad f = band->filter;
    for (uint32_t i = 0; i < frames; i++) {
      double x = samples[i];
      double y = f.b0 * x + z[0];
      z[0] = f.b1 * x - f.a1 * y + z[1];
      z[1] = f.b2 * x - f.a2 * y;
      samples[i] = (float)y;
    }
  }
  band->memory[channel * 2] = kept(z[0]);
  band->memory[channel * 2 + 1] = kept(z[1]);
}
