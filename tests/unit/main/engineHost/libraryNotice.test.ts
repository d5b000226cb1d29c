import { describe, expect, it } from 'vitest';
import { isLibraryNotice } from '#main/engineHost/libraryNotice.ts';

describe('what the tensor library writes', () => {
  it.each([
    'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR',
    'I0000 00:00:1795468143.243870    5559 port.cc:153] oneDNN custom operations are on. You may see',
    '2026-11-23 20:56:01.102938: I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow',
    'To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow with',
  ])('about itself is a notice: %s', (line) => {
    expect(isLibraryNotice(line)).toBe(true);
  });

  it.each([
    'E0000 00:00:1795468143.243870    5559 session.cc:80] the device is lost',
    '2026-11-23 20:56:01.102938: F tensorflow/core/framework/tensor.cc:844] Check failed',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ])('about a failure is none: %s', (line) => {
    expect(isLibraryNotice(line)).toBe(false);
  });
});
