import type { Controller, Notice, Shop } from '#consent';
import type { ControllerId, ShopId } from '#values';

export const controller: Controller = {
  id: 'harbour' as ControllerId,
  name: 'Harbour Street Motors Ltd',
  address: '1 Harbour Street',
  contact: 'privacy@harbour.example',
  country: 'IE',
  regulator: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  laws: ['eu-gdpr:GDPR'],
  retention: { linkDays: 30, receiptYears: 3 },
};

export const shop: Shop & { readonly controllerId: ControllerId } = {
  id: 'harbour-street' as ShopId,
  name: 'Harbour Street',
  timeZone: 'Europe/Dublin',
  languages: ['en', 'zh-Hans'],
  controllerId: controller.id,
};

export const otherShop = { ...shop, id: 'hill-street' as ShopId, name: 'Hill Street' };

const detail = { question: 'Why?', answer: 'To know how many people come in.' };

/** Short, so that a tiny export stays tiny; only its hash matters here. */
export const english: Notice = {
  id: 'counting',
  version: '1',
  controllerId: controller.id,
  jurisdiction: 'IE',
  language: 'en',
  texts: {
    title: 'May we count you?',
    who: detail,
    what: detail,
    why: detail,
    howLong: detail,
    demographics: detail,
    ageQuestion: 'Are you 16 or older?',
    older: 'Yes',
    younger: 'No',
    guardianQuestion: 'Is a parent with you?',
    guardianAgree: 'I agree',
    agree: 'Yes, count me',
    decline: 'No, thank you',
    details: [],
  },
};

export const chinese: Notice = {
  ...english,
  language: 'zh-Hans',
  texts: { ...english.texts, title: '可以把您计入人数吗？', agree: '可以', decline: '不用了' },
};

export const notices = [english, chinese].map((notice) => ({ shopId: shop.id, notice }));
