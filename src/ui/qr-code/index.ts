/** QR codes, drawn. Apart from `#ui`, since only the kiosk draws any and a phone should not load how. */
export { QrCode } from './qr-code.tsx';
