// Reading a QR code from a picture or from the camera, on this device.

import jsQR from "jsqr";

const LARGEST = 1600; // pixels of the longer side: more only makes it slower
const detector = "BarcodeDetector" in window ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;

// The text of the code in an image file, or null where none is found. Rejects for what is no image.
export async function fromFile(file) {
  const picture = await createImageBitmap(file);
  return (await read(picture, picture.width, picture.height)) ?? null;
}

export class Camera {
  constructor(video) {
    this.video = video;
  }

  // Rejects where there is no camera or its use was not allowed.
  async start(found) {
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment" } });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.watch(found);
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  async watch(found) {
    while (this.stream) {
      const { videoWidth: width, videoHeight: height } = this.video;
      const text = width ? await read(this.video, width, height) : null;
      if (text && this.stream) return found(text);
      await new Promise((next) => setTimeout(next, 100));
    }
  }
}

async function read(source, width, height) {
  if (detector) {
    const [found] = await detector.detect(source).catch(() => []);
    if (found?.rawValue) return found.rawValue;
  }
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  paint.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = paint.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, canvas.width, canvas.height)?.data || null;
}
